import type { TransferListItem } from 'node:worker_threads';
import { invariant } from '../base/invariant.js';
import { wasReported } from '../task/resume-unwind.js';
import type { Task } from '../task/task.js';
import { encodeThrown } from '../wire/error-codec.js';
import { encodeResult } from '../wire/job-result.js';
import type { ThreadAnswer, ThreadPanic } from '../wire/thread-messages.js';

/** What is said of a task that has settled, ready to be posted. */
export interface ReadyAnswer {
  readonly answer: ThreadAnswer;
  readonly transfer: readonly TransferListItem[];
}

/** Makes the answer from the outcome of `task`. A value that cannot cross is a panic that says so. Never throws. */
export function answerOf({ outcome, attributes }: Task<unknown>): ReadyAnswer {
  invariant(outcome !== undefined, 'a task without an outcome was answered');
  if (outcome.ok) return valueAnswer(outcome.value);
  if (outcome.error.isPanic()) return plain(panicAnswer(outcome.error.cause));
  return plain({ heddle: 'cancelled', because: attributes?.cancelledBecause });
}

export function panicAnswer(thrown: unknown): ThreadPanic {
  return { heddle: 'panic', thrown: encodeThrown(thrown), reported: wasReported(thrown) };
}

function valueAnswer(value: unknown): ReadyAnswer {
  const encoded = encodeResult(value);
  if (!encoded.ok) return plain(panicAnswer(encoded.error));
  return { answer: { heddle: 'value', payload: encoded.payload }, transfer: encoded.transfer };
}

function plain(answer: ThreadAnswer): ReadyAnswer {
  return { answer, transfer: NOTHING };
}

const NOTHING: readonly TransferListItem[] = [];
