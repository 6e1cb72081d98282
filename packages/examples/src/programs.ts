import type { Program } from './program.js';

/** What can be said of a program without loading it. */
export interface Listing {
  readonly name: string;
  /** What it shows, in one line. */
  readonly about: string;
  /** The names of the arguments that it takes, each of which may be left out. */
  readonly args: readonly string[];
  load(): Promise<{ readonly program: Program }>;
}

/** Every program, in the order in which to read them. */
export const programs: readonly Listing[] = [
  {
    name: 'spawn',
    about: 'two tasks at a time: the order of ending is not the order of spawning',
    args: [],
    load: () => import('./spawn/main.js'),
  },
  {
    name: 'join',
    about: 'two waits inside one task, and nothing is spawned',
    args: [],
    load: () => import('./join/main.js'),
  },
  {
    name: 'spawn-join',
    about: 'two tasks in the background, waited for together',
    args: [],
    load: () => import('./spawn-join/main.js'),
  },
  {
    name: 'telemetry',
    about: 'spawn, do other work, await the handle',
    args: [],
    load: () => import('./telemetry/main.js'),
  },
  {
    name: 'task-failure',
    about: 'one task panics, and the program goes on and says so',
    args: [],
    load: () => import('./task-failure/main.js'),
  },
  {
    name: 'panic-boundary',
    about: 'a panic stops at the handle, until somebody throws it on',
    args: [],
    load: () => import('./panic-boundary/main.js'),
  },
  {
    name: 'select-race',
    about: 'the first of two wins, the other is dropped',
    args: [],
    load: () => import('./select-race/main.js'),
  },
  {
    name: 'select-when',
    about: 'a branch with a precondition takes part, or does not',
    args: [],
    load: () => import('./select-when/main.js'),
  },
  {
    name: 'select-else',
    about: 'what happens when every branch is switched off',
    args: [],
    load: () => import('./select-else/main.js'),
  },
  {
    name: 'select-biased',
    about: 'branches that are all ready, taken from top to bottom',
    args: [],
    load: () => import('./select-biased/main.js'),
  },
  {
    name: 'timeout',
    about: 'two seconds for a task that needs five',
    args: [],
    load: () => import('./timeout/main.js'),
  },
  {
    name: 'join-set',
    about: 'nine tasks, joined in the order in which they end',
    args: [],
    load: () => import('./join-set/main.js'),
  },
  {
    name: 'abort-all',
    about: 'nine tasks, aborted before they begin',
    args: [],
    load: () => import('./abort-all/main.js'),
  },
  {
    name: 'echo',
    about: 'an echo server that serves one connection at a time; Ctrl-C ends it',
    args: ['address'],
    load: () => import('./echo/main.js'),
  },
  {
    name: 'echo-spawned',
    about: 'an echo server with a task for each connection, on two listeners; Ctrl-C ends it',
    args: ['address', 'address'],
    load: () => import('./echo-spawned/main.js'),
  },
  {
    name: 'who-decides',
    about: 'tasks against threads: we order the ones, the kernel the others',
    args: [],
    load: () => import('./who-decides/main.js'),
  },
  {
    name: 'supervised-actor',
    about: 'an object on a thread of its own, started again when the thread crashes',
    args: [],
    load: () => import('./supervised-actor/main.js'),
  },
  {
    name: 'lost-update',
    about: 'explore finds two deposits that overwrite each other',
    args: ['seeds'],
    load: () => import('./lost-update/main.js'),
  },
  {
    name: 'lost-wake-up',
    about: 'explore finds a taker that nobody wakes',
    args: ['seeds'],
    load: () => import('./lost-wake-up/main.js'),
  },
  {
    name: 'deadlock',
    about: 'explore finds two transfers that wait for each other',
    args: ['seeds'],
    load: () => import('./deadlock/main.js'),
  },
];
