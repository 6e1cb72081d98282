import { join, spawn, task, yieldNow } from '@heddle/runtime';
import { Mutex, Semaphore } from '@heddle/runtime/sync';
import { type ExploredProgram, explore } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { upTo } from './explored.js';

/** How each lock is taken and given back. */
const locks = {
  'mutex.lock()': () => {
    const mutex = new Mutex(0);
    return () => mutex.lock();
  },
  'semaphore.acquire()': () => {
    const semaphore = new Semaphore(1);
    return () => semaphore.acquire();
  },
};

test.each(Object.entries(locks))(
  '%s is handed over in the order of coming, past who was aborted',
  (what, make) => {
    let served: number[] = [];
    const program: ExploredProgram = function* () {
      const lock = make();
      served = [];
      const tasks = upTo(6).map(() =>
        spawn(function* () {
          const held = yield* lock();
          served.push(task.id());
          yield* yieldNow();
          held.release();
        }),
      );
      yield* yieldNow();
      tasks[2]?.abort();
      yield* join(...tasks);
    };
    for (let seed = 0; seed < 500; seed += 1) {
      const { transcript } = explore.replay(program, seed);
      const came = waits(transcript, what);
      expect(served.filter((id) => came.includes(id))).toEqual(came.filter((id) => served.includes(id)));
    }
  },
);

/** The tasks that had to wait for `what`, in the order in which they came to wait. */
function waits(transcript: string, what: string): number[] {
  const ids = transcript.split('\n').flatMap((line) => {
    const id = /task (\d+).*: /.exec(line)?.[1];
    return id !== undefined && line.includes(`waits for ${what}`) ? [Number(id)] : [];
  });
  return [...new Set(ids)];
}
