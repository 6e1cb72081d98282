/** One column of a row: one character that is one column wide, and what it is about, for its colour. */
export interface Cell {
  readonly glyph: string;
  readonly tone: Tone;
}

/** A number is the place of a thread: the same colour wherever it is shown. */
export type Tone = number | 'wanting' | 'idle' | 'hollow' | 'other' | 'plain';

export const BLANK: Cell = { glyph: ' ', tone: 'plain' };
