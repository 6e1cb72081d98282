import type { TaskKey } from '@heddle/runtime/trace';

/**
 * What a program of the lab says about its recordings: a question to answer before one looks, what to look for, and
 * why it came out as it did. All of it is plain text, made once the recordings are there, so an answer that is right
 * may be read out of them.
 */
export interface Lesson {
  /** Asked before the lanes are explained. The answers stay in the page. */
  readonly questions: readonly Question[];
  /** In the order in which they are worth looking at. */
  readonly lookFor: readonly LookFor[];
  /** Who decided what, in the one sentence of `why` that says most; stands above the lanes. */
  readonly inShort?: string | undefined;
  /** Sentences; shown once the questions are answered, or at once where there are none. */
  readonly why: readonly string[];
  /** One command that changes one thing, and what one should then see. */
  readonly tryThis?: { readonly command: string; readonly toSee: string };
}

export type Question = ChoiceQuestion | NumberQuestion;

export interface ChoiceQuestion {
  readonly kind: 'choice';
  readonly asks: string;
  readonly choices: readonly string[];
  /** Which of them is right, from 0. */
  readonly right: number;
  /** What the recording shows, as one sentence; said with either verdict. */
  readonly because: string;
}

export interface NumberQuestion {
  readonly kind: 'number';
  readonly asks: string;
  /** What is counted: `times`, `ms`. */
  readonly unit?: string;
  /** What counts as right, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly because: string;
}

/** A moment, or a stretch where it has a `toNs`, that shows something. */
export interface LookFor {
  /** In which run, by its place in the page, from 0. */
  readonly run: number;
  /** In the run's own time, as in its picture. */
  readonly atNs: number;
  readonly toNs?: number;
  /** On which row; none for a moment that concerns all. */
  readonly row?: RowName;
  readonly says: string;
}

/** A row as the picture names it. */
export type RowName =
  | { readonly cpu: number }
  | { readonly thread: number }
  | { readonly tid: number }
  | { readonly task: TaskKey };
