import type { Observer } from '../task/observer.js';
import type { Executor } from './executor.js';
import { liveExecutors, onNewExecutor } from './live-executors.js';
import { RecordingWatch } from './recording-watch.js';

/** Lets an observer see every executor of this thread, also those that are made later. Gives what ends that. */
export function observeExecutors(observer: Observer): () => void {
  const watches = new Map<WeakRef<Executor>, RecordingWatch>();
  const parking = { busy: 0 };
  const watch = (executor: Executor): void => {
    const recording = new RecordingWatch(executor, observer, parking, executor.watch);
    watches.set(new WeakRef(executor), recording);
    executor.watchBy(recording);
    recording.begin(executor.tasks());
  };
  for (const executor of liveExecutors()) watch(executor);
  if (parking.busy === 0) observer.parked();
  onNewExecutor(watch);
  return () => {
    onNewExecutor(undefined);
    for (const [reference, recording] of watches) {
      recording.end();
      reference.deref()?.watchBy(recording.inner);
    }
  };
}
