/**
 * The characters of the lanes. Each state has a character of its own, so that nothing depends on a colour, and each
 * is one column wide everywhere. What was counted looks like nothing that was seen: dots, or digits in ASCII.
 */
export interface Glyphs {
  /** It ran, or was polled, all through the cell but for a tenth. */
  readonly full: string;
  /** It did so for most of the cell. */
  readonly most: string;
  /** It wanted a CPU, or was ready. */
  readonly wanting: string;
  /** It was asleep, or waited. */
  readonly idle: string;
  /** It was polled, and its thread had no CPU. */
  readonly hollow: string;
  /** It was polled, with and without a CPU. */
  readonly mixed: string;
  /** In a cell that was `idle`, or not there, for the longest: it ran for less. */
  readonly stripIdle: string;
  /** In a cell that was `wanting` for the longest: it ran for less. */
  readonly stripWanting: string;
  /** Another program. */
  readonly other: string;
  /** Levels of a counter, from the lowest that is not nothing. */
  readonly levels: readonly string[];
  /** Shares of what was counted, from nothing on. */
  readonly shares: readonly string[];
  readonly mark: string;
  readonly rule: string;
  readonly cut: string;
  readonly micro: string;
}

export const UNICODE: Glyphs = {
  full: '█',
  most: '▆',
  wanting: '▒',
  idle: '·',
  hollow: '╱',
  mixed: '╳',
  stripIdle: '│',
  stripWanting: '┃',
  other: '░',
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  shares: [' ', '⡀', '⣀', '⣄', '⣤', '⣦', '⣶', '⣷', '⣿'],
  mark: '▼',
  rule: '─',
  cut: '…',
  micro: 'µs',
};

export const ASCII: Glyphs = {
  full: '#',
  most: 'H',
  wanting: '=',
  idle: '.',
  hollow: '/',
  mixed: 'x',
  stripIdle: '|',
  stripWanting: '!',
  other: ':',
  levels: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  shares: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  mark: 'v',
  rule: '-',
  cut: '~',
  micro: 'us',
};
