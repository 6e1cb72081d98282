import { wordsOf } from '../error-words.js';
import type { Failure } from '../failure.js';

/** What cannot be loaded, and what cannot cross. */
export const crossings: readonly Failure[] = [
  notLoading('module-missing', 'its module is missing', 'missing', /nowhere|not found|cannot find/i),
  notLoading('module-broken', 'its module throws at load', 'broken', /broken at load/),
  {
    name: 'argument-function',
    title: 'a function as argument',
    start: ({ jobs }) => jobs.run('ok', { rows: [{ parse: () => 1 }] }),
    ends: 'refusal',
    isRight: (ending) => ending.kind === 'error' && NOT_CLONED.test(wordsOf(ending.error)),
  },
  {
    name: 'result-function',
    title: 'a function in its result',
    start: ({ jobs }) => jobs.run('giveFunction', undefined),
    ends: 'panic',
    isRight: (ending) => ending.kind === 'error' && NOT_CLONED.test(wordsOf(ending.error)),
  },
];

const NOT_CLONED = /clone|cross|serializ/i;

function notLoading(name: string, title: string, module: 'missing' | 'broken', says: RegExp): Failure {
  return {
    name,
    title,
    setup: { module },
    start: ({ jobs }) => jobs.run('ok', 1),
    ends: 'panic',
    isRight: (ending) => ending.kind === 'error' && says.test(wordsOf(ending.error)),
    neighbour: false,
    afterwards: 'settle',
  };
}
