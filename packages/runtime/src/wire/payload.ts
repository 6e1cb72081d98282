import type { TransferListItem } from 'node:worker_threads';

/**
 * What crosses in place of a value: something structured clone takes, and how to make it whole again.
 *
 * Structured clone keeps the identity of objects within one message. So the parts that it would flatten need
 * no place-holder and the receiver no walk: `restore` names them, and each is repaired where it stands.
 */
export interface Payload {
  readonly value: unknown;
  readonly restore?: readonly Restoration[];
}

/** One object that arrives flattened. */
export interface Restoration {
  /** The object itself: the same one that is somewhere in `value`. */
  readonly target: object;
  /** The name of its registered class, or of a built-in error whose class a clone loses. */
  readonly of: string | undefined;
  /** Own properties that a clone loses, as of an error all but message, stack and cause. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /** Own properties that hold something thrown, as the error codec writes it. */
  readonly thrown?: Readonly<Record<string, unknown>> | undefined;
}

/** What `postMessage` takes as its transfer list. */
export type Transferred = TransferListItem;
