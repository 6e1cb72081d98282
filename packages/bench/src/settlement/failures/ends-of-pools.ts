import type { Settled } from '../ending.js';
import { wordsOf } from '../error-words.js';
import type { Failure } from '../failure.js';
import type { Jobs } from '../spawner.js';
import { begun } from '../words.js';
import { occupy } from './aborts.js';

/** The end of the pool itself: nobody who waits may be left waiting. */
export const endsOfPools: readonly Failure[] = [
  {
    name: 'shutdown-queued',
    title: 'shut down while queued',
    needs: 'shutdown',
    async start(stage) {
      await occupy({ ...stage, beside: (running) => ignore(running.ended) }, 600);
      const running = stage.jobs.run('ok', 7);
      shutDown(stage.jobs);
      return running;
    },
    ends: 'cancelled',
    isRight: (ending) => isEnded(ending) || (ending.kind === 'value' && ending.value === 7),
    neighbour: false,
    afterwards: 'nothing',
    joined: false,
  },
  {
    name: 'shutdown-running',
    title: 'shut down while running',
    needs: 'shutdown',
    async start({ jobs, words }) {
      const running = jobs.run('wait', words);
      await begun(words);
      shutDown(jobs);
      return running;
    },
    ends: 'cancelled',
    isRight: isEnded,
    // Some give running jobs a second or two to end by themselves, as they document.
    hungAfterMs: 5_000,
    stops: true,
    neighbour: false,
    afterwards: 'nothing',
    joined: false,
  },
];

function isEnded(ending: Settled): boolean {
  return (
    ending.kind === 'error' &&
    /abort|cancel|terminat|shut|destroy|clos|\bend|exit/i.test(wordsOf(ending.error))
  );
}

function shutDown(jobs: Jobs): void {
  if (jobs.shutdown !== undefined) ignore(jobs.shutdown());
}

/** What the row asks is how the job ends; the pool's own promise may end as it likes. */
function ignore(promise: PromiseLike<unknown>): void {
  promise.then(
    () => {},
    () => {},
  );
}
