/**
 * A body that every spawner under test can run, known by its name: it may run in another isolate.
 *
 * It tells how far it is through shared memory, since a thread has nothing else in common with the test:
 * `progress[STEP]` is 1 once it has begun and 2 once it has cleaned up. It goes on past a gate when
 * `progress[GATE]` is not 0.
 */
export type Program = (progress: Progress) => unknown;

/** `abort` does not cross to a thread: only a body of this isolate can be told how to abort itself. */
export type Progress = Int32Array & { abort?: () => void };

export type ProgramName =
  | 'returns42'
  | 'returnsNothing'
  | 'returnsHandle'
  | 'returnsThenable'
  | 'throwsBoom'
  | 'throwsUndefined'
  | 'waits'
  | 'waitsForGate'
  | 'waitsInCleanup'
  | 'returnsInCleanup'
  | 'throwsInCleanup'
  | 'abortsItself'
  | 'abortsItselfAndWaits';

/** What a module of programs exports: all of them. */
export type Programs = { readonly [N in ProgramName]: Program };

export const STEP = 0;
export const GATE = 1;

export function newProgress(): Progress {
  return new Int32Array(new SharedArrayBuffer(8));
}
