import type { Settled } from '../ending.js';
import { wordsOf } from '../error-words.js';
import type { Failure, Stage } from '../failure.js';
import type { JobName } from '../jobs/job-name.js';
import { type Running, THREADS } from '../spawner.js';
import { begun, newWords } from '../words.js';

/** Aborts: the job ends, says that it was aborted, and has really stopped. */
export const aborts: readonly Failure[] = [
  {
    name: 'abort-queued',
    title: 'aborted while queued',
    needs: 'abort queued',
    async start(stage) {
      await occupy(stage, 600);
      const running = stage.jobs.run('wait', stage.words, true);
      running.abort?.();
      return running;
    },
    ends: 'cancelled',
    isRight: isAborted,
    stops: true,
    neighbour: false,
  },
  abortRunning('abort-async', 'aborted, running async', 'wait', 1),
  abortRunning('abort-sync', 'aborted in a sync loop', 'spin', 1),
  abortRunning('abort-twice', 'aborted twice', 'wait', 2),
  {
    name: 'abort-ended',
    title: 'aborted after its end',
    needs: 'abort queued',
    async start({ jobs }) {
      const running = jobs.run('ok', 7, true);
      await running.ended;
      running.abort?.();
      return running;
    },
    ends: 'value',
    isRight: (ending) => ending.kind === 'value' && ending.value === 7,
    lingerMs: 100,
  },
];

function abortRunning(name: string, title: string, job: JobName, times: number): Failure {
  return {
    name,
    title,
    needs: 'abort running',
    async start({ jobs, words }) {
      const running = jobs.run(job, words, true);
      await Promise.race([begun(words), endOf(running)]);
      for (let i = 0; i < times; i += 1) running.abort?.();
      return running;
    },
    ends: 'cancelled',
    isRight: isAborted,
    stops: true,
  };
}

/** Keeps every thread of the pool busy for a while, so that what follows is queued. */
export async function occupy({ jobs, beside }: Stage, ms: number): Promise<void> {
  for (let value = 0; value < THREADS; value += 1) {
    const words = newWords();
    beside(jobs.run('burn', { words, ms, value }), value);
    await begun(words);
  }
}

function isAborted(ending: Settled): boolean {
  return ending.kind === 'error' && /abort|cancel/i.test(wordsOf(ending.error));
}

async function endOf({ ended }: Running): Promise<void> {
  try {
    await ended;
  } catch {
    // Whoever looks at the end hears of it.
  }
}
