/** A function that notes what of it still runs when its thread comes to its end, in whatever way. */
import { setTimeout as elapsed } from 'node:timers/promises';
import { sleep, task } from '@heddle/runtime';

/** Where each is noted. The first two say that the function has begun, and that its end has. */
export const [BEGAN, ENDING, FINALLY, SIGNAL, TIMERS, BEFORE_EXIT, EXIT] = [0, 1, 2, 3, 4, 5, 6];

export async function end(words, how) {
  const note = (at) => () => Atomics.store(words, at, 1);
  process.on('beforeExit', note(BEFORE_EXIT));
  process.on('exit', note(EXIT));
  // A thread that has a timer, or has asked for its signal, waits for that, and does not run dry.
  if (how !== 'runs dry') {
    task.signal.addEventListener('abort', () => {
      note(SIGNAL)();
      note(ENDING)();
    });
    setInterval(() => {
      if (Atomics.load(words, ENDING) === 1) note(TIMERS)();
    }, 1);
  }
  try {
    note(BEGAN)();
    await ways[how](note(ENDING));
  } finally {
    note(FINALLY)();
    if (how === 'listens') await elapsed(20);
  }
}

const never = () => new Promise(() => {});

const ways = {
  listens: () => sleep(3_600_000),
  loops: () => {
    for (;;);
  },
  waits: never,
  returns: async (ending) => ending(),
  panics: async (ending) => {
    ending();
    throw new Error('boom');
  },
  exits: (ending) => {
    ending();
    process.exit(3);
  },
  throws: (ending) => {
    setImmediate(() => {
      ending();
      throw new Error('uncaught');
    });
    return never();
  },
  'runs out of memory': (ending) => {
    ending();
    const kept = [];
    for (;;) kept.push({ n: kept.length });
  },
  'runs dry': (ending) => {
    ending();
    return never();
  },
};
