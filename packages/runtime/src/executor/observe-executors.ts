import type { Observer } from '../task/observer.js';
import type { Executor } from './executor.js';
import { liveExecutors, onNewExecutor } from './live-executors.js';
import { RecordingWatch } from './recording-watch.js';

/**
 * Lets an observer see every executor of this thread, also those that are made later. Gives what ends that.
 *
 * One at a time in a thread. Each watch is kept by its executor alone, so that a recording keeps none of them alive.
 */
export function observeExecutors(observer: Observer): () => void {
  const parking = { busy: 0 };
  const watch = (executor: Executor): void => {
    const recording = new RecordingWatch(executor, observer, parking, executor.watch);
    executor.watchBy(recording);
    recording.begin(executor.tasks());
  };
  for (const executor of liveExecutors()) watch(executor);
  if (parking.busy === 0) observer.parked();
  onNewExecutor(watch);
  return () => {
    onNewExecutor(undefined);
    for (const executor of liveExecutors()) {
      if (!(executor.watch instanceof RecordingWatch)) continue;
      executor.watch.end();
      executor.watchBy(executor.watch.inner);
    }
  };
}
