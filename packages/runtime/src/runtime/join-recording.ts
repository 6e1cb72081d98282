import type { Seat } from '../base/seat.js';
import { observeExecutors } from '../executor/observe-executors.js';
import { observed } from '../task/observer.js';
import { RingWriter } from '../trace/ring/ring-writer.js';

/**
 * Lets this thread write into its seat what it does, until that is undone. `over` is called when the thread finds out
 * that the recording was stopped.
 */
export function joinRecording(seat: Seat, name: string, over: () => void): () => void {
  const writer = new RingWriter(seat, name, over);
  observed.by = writer;
  const endExecutors = observeExecutors(writer);
  return () => {
    endExecutors();
    observed.by = undefined;
    writer.end();
  };
}
