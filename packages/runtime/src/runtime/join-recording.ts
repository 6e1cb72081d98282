import type { Seat } from '../base/seat.js';
import { observeExecutors } from '../executor/observe-executors.js';
import { observed } from '../task/observer.js';
import { RingWriter } from '../trace/ring/ring-writer.js';

/**
 * Lets this thread write into its seat what it does, until that is undone. `over` is called when the thread finds out
 * that the recording was stopped.
 *
 * A thread is in one recording. One that it began itself, in a job of a pool say, and did not stop, ends with this.
 * Rejected: to stay out, since who records from outside would miss the jobs of one thread and not know why.
 */
export function joinRecording(seat: Seat, name: string, over: () => void): () => void {
  leaveNow?.();
  const writer = new RingWriter(seat, name, over);
  observed.by = writer;
  const endExecutors = observeExecutors(writer);
  const leave = (): void => {
    // It was ended by another one, to which all of this belongs now.
    if (leaveNow !== leave) return;
    leaveNow = undefined;
    endExecutors();
    observed.by = undefined;
    writer.end();
  };
  leaveNow = leave;
  return leave;
}

let leaveNow: (() => void) | undefined;
