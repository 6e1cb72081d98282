import type { WireThrown } from '../error-message.js';
import type { CarriedValue } from '../job-context.js';
import type { Packed } from './pack.js';

/**
 * Everything that is said between an actor and who started it, on a port of their own. How it is carried is
 * drawn in comlink-line.ts.
 *
 *     who started it: actor/                              the actor: worker/actor-main.ts
 *
 *             ───(1) construct: first, and once────────▶  makes the object
 *             ───(2) call──────────────────────────────▶  runs a method, each as a task
 *             ◀──(3) answer──────────────────────────────  what it gave or threw
 *             ◀─▶(4) callback, and its answer──────────▶  calls a proxied function of the other side
 *             ◀─▶(5) returned──────────────────────────▶  a proxied function is no longer held
 *             ───(6) stop──────────────────────────────▶  answers what it was asked, disposes, ends
 *
 * (1) has no answer: an object that cannot be made is a panic of its thread. How a thread begins and ends is in
 * wire/thread-messages.ts.
 */

/** (2), (4) What is asked. */
export type ActorQuestion = CallQuestion | CallbackQuestion;

/** (2) A method of the object is called. */
export interface CallQuestion {
  readonly kind: 'call';
  readonly method: string;
  readonly args: Packed;
  /** What goes along: each call has the context of who called. */
  readonly context?: readonly CarriedValue[];
}

/** (4) A proxied function of the other side is called. */
export interface CallbackQuestion {
  readonly kind: 'callback';
  readonly id: number;
  readonly args: Packed;
}

/** (3), (4) What came of it. */
export type ActorAnswer =
  | { readonly ok: true; readonly result: Packed }
  | { readonly ok: false; readonly thrown: WireThrown };

/** (1), (5), (6) What is said without an answer. */
export type ActorNews =
  | { readonly kind: 'construct'; readonly args: Packed }
  | { readonly kind: 'returned'; readonly id: number; readonly times: number }
  | { readonly kind: 'stop' };
