import type { Failure, Stage } from '../failure.js';

const MANY = 70_000;

/** Many at once: each must get its own answer, also past any table of a fixed size. */
export const crowd: Failure = {
  name: 'crowd',
  title: '70,000 pending at once',
  start: (stage) => ({ ended: all(stage) }),
  ends: 'value',
  isRight: (ending) => ending.kind === 'value' && ending.value === 0,
  neighbour: false,
  joined: false,
  alone: true,
  // As many threads as may be start all together, and all together they end.
  hungAfterMs: 10_000,
};

/** Starts them all, and gives how many got a wrong answer. One that is refused at the call has its answer. */
async function all({ jobs, moved }: Stage): Promise<number> {
  let wrong = 0;
  const pending: PromiseLike<void>[] = [];
  for (let n = 0; n < MANY; n += 1) {
    try {
      pending.push(
        jobs.run('ok', n).ended.then(
          (value) => {
            moved();
            if (value !== n) wrong += 1;
          },
          () => {
            moved();
            wrong += 1;
          },
        ),
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      moved();
    }
  }
  await Promise.all(pending);
  return wrong;
}
