import { wordsOf } from '../error-words.js';
import type { Failure } from '../failure.js';
import type { JobName } from '../jobs/job-name.js';

/** How the thread of a job goes away without an answer: somebody must give one. */
export const deaths: readonly Failure[] = [
  death('exit-0', 'calls process.exit(0)', 'exit', /exit|terminat/i, 0),
  death('exit-1', 'calls process.exit(1)', 'exit', /exit|terminat/i, 1),
  {
    ...death('out-of-memory', 'runs out of memory', 'exhaustMemory', /memory|heap/i),
    needs: 'memory limit',
    setup: { module: 'working', heapMb: 24 },
  },
  death('throw-late', 'an uncaught exception', 'throwLate', /late boom/),
  {
    name: 'throw-afterwards',
    title: 'uncaught, after its end',
    start: ({ jobs }) => jobs.run('throwAfterwards', 7),
    ends: 'value',
    isRight: (ending) => ending.kind === 'value' && ending.value === 7,
    lingerMs: 300,
  },
  death('reject-unhandled', 'an unhandled rejection', 'rejectUnhandled', /lost boom/),
];

function death(name: string, title: string, job: JobName, says: RegExp, arg?: unknown): Failure {
  return {
    name,
    title,
    start: ({ jobs }) => jobs.run(job, arg),
    ends: 'crash',
    isRight: (ending) => ending.kind === 'error' && says.test(wordsOf(ending.error)),
  };
}
