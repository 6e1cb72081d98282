/** A sign on a row, for something that happened at one moment. */
export type GlyphName =
  | 'spawn'
  | 'poll'
  | 'yield'
  | 'done'
  | 'panic'
  | 'cancelled'
  | 'abort'
  | 'wake'
  | 'park'
  | 'unpark'
  | 'block'
  | 'preempt'
  | 'migrate';

export interface Glyph {
  readonly title: string;
  /** One line, for somebody who sees it for the first time. */
  readonly means: string;
  /** Strokes in a box of 10 by 10, as in an SVG path. */
  readonly path: string;
}

/** Drawn, not typed: a font may lack them, and canvas, legend and print show the same sign. */
export const GLYPHS: Readonly<Record<GlyphName, Glyph>> = {
  spawn: { title: 'spawn', means: 'the task was made', path: 'M5 1.5v7M1.5 5h7' },
  poll: { title: 'poll begins', means: 'the executor lets the task run', path: 'M3 1.5l5 3.5l-5 3.5z' },
  yield: {
    title: 'poll ends',
    means: 'the task gives its thread back by itself',
    path: 'M7 1.5l-5 3.5l5 3.5z',
  },
  done: { title: 'done', means: 'the task has ended with a value', path: 'M1.5 5.5l2.5 3l4.5-7' },
  panic: { title: 'panic', means: 'the task threw, or its thread crashed', path: 'M2 2l6 6M8 2l-6 6' },
  cancelled: {
    title: 'cancelled',
    means: 'the task ended because it was aborted',
    path: 'M1.5 5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M2.5 7.5l5-5',
  },
  abort: {
    title: 'abort asked',
    means: 'somebody asked the task to end; it does at its next poll',
    path: 'M1 5l3-3.5h5v7h-5zM5.2 3.8l2.4 2.4M7.6 3.8l-2.4 2.4',
  },
  wake: {
    title: 'wake',
    means: 'a waiting task became ready; an arrow comes from the task that did it',
    path: 'M6 1l-3.5 4.5h5l-3.5 3.5',
  },
  park: {
    title: 'park',
    means: 'the executor has nothing to poll, and gives the thread to the event loop',
    path: 'M3.5 2v6M6.5 2v6',
  },
  unpark: {
    title: 'unpark',
    means: 'the executor has something to poll again',
    path: 'M2 2v6M4.5 2l4 3l-4 3z',
  },
  block: {
    title: 'block',
    means: 'a task put its whole thread to sleep, in the middle of a poll',
    path: 'M1.5 5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M3 5h4',
  },
  preempt: {
    title: 'preempt',
    means: 'the kernel took the CPU away, though the thread wanted to go on',
    path: 'M.7 2.2a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M.7 7.8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M3.4 3.1l6.2 4.2M3.4 6.9l6.2-4.2',
  },
  migrate: {
    title: 'migrate',
    means: 'the kernel moved the thread to another CPU',
    path: 'M1 3.3h7M6 1.3l2.2 2l-2.2 2M9 6.7h-7M4 4.7l-2.2 2l2.2 2',
  },
};

export const GLYPH_NAMES: readonly GlyphName[] = Object.keys(GLYPHS) as GlyphName[];
