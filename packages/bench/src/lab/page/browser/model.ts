import type { GlyphName } from '../glyphs.js';
import type { LookForData } from '../wire/page-data.js';

/** What the page knows, with its columns as typed arrays, so that a frame walks over them and makes nothing. */
export interface Model {
  readonly runs: readonly Run[];
  readonly lookFor: readonly LookForData[];
}

export interface Run {
  readonly place: number;
  readonly title: string;
  readonly from: number;
  readonly end: number;
  readonly rows: readonly Row[];
  readonly marks: readonly { readonly at: number; readonly name: string }[];
  readonly words: readonly string[];
  /** How many CPU rows it has. */
  readonly cpus: number;
}

export type Row = CpuRow | ThreadRow | TaskRow | CounterRow;
export type SpanRow = CpuRow | ThreadRow | TaskRow;

interface Named {
  readonly place: number;
  readonly name: string;
  readonly detail: string;
  /** The row of its thread, or less than zero. */
  readonly thread: number;
  /** One of eight colours: that of its thread. */
  readonly hue: number;
  readonly lifeFrom: number;
  readonly lifeTo: number;
  /** Moments that no interval tells, in the order of their times. */
  readonly moments: readonly { readonly at: number; readonly kind: GlyphName }[];
}

/** Intervals in the order of their times. */
export interface Spans {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

interface Drawn extends Named, Spans {
  /** How each interval looks: its colour and its look in one number. */
  readonly code: Uint8Array;
}

export interface CpuRow extends Drawn {
  readonly kind: 'cpu';
  readonly who: Int32Array;
}

export interface ThreadRow extends Drawn {
  readonly kind: 'thread';
  readonly state: Int32Array;
  readonly cpu: Int32Array;
  readonly why: Int32Array;
  readonly by: Int32Array;
  readonly wokenBy: Int32Array;
  readonly quiet: boolean;
  readonly bands: Spans & { readonly running: Int32Array; readonly runnable: Int32Array };
}

export interface TaskRow extends Drawn {
  readonly kind: 'task';
  readonly settled: number;
  readonly spawnedBy: number;
  readonly state: Int32Array;
  readonly end: Int32Array;
  readonly on: Int32Array;
  readonly of: Int32Array;
  readonly wokenBy: Int32Array;
  readonly holes: Spans;
}

export interface CounterRow extends Named {
  readonly kind: 'counter';
  readonly at: Float64Array;
  readonly values: Float64Array;
  readonly most: number;
}

/** The looks that an interval can have. */
export const RESTS = 0;
export const WANTS = 1;
export const HAS = 2;
export const FOREIGN = 3;
export const LOOKS = 4;
export const HUES = 8;
