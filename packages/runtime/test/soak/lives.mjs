/**
 * Lets `tasks` tasks live, of every kind, joined, aborted and timed out at random, and says after each tenth what is held.
 *
 *     node --expose-gc packages/runtime/test/soak/lives.mjs 10000000
 *
 * Prints one line of JSON for each mark, and one for the end, when nothing may be left.
 */
import {
  JoinSet,
  join,
  Runtime,
  scope,
  setPanicHook,
  sleep,
  spawn,
  task,
  timeout,
  yieldNow,
} from '@heddle/runtime';
import { Mutex, mpsc, Notify, Semaphore } from '@heddle/runtime/sync';

const MARKS = 10;
const BATCH = 1_000;
const total = Number(process.argv[2]);
const runtime = Runtime.current();
// What is drawn is the same in each run; what comes of it depends on the time that passes.
let state = 1;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
const upTo = (count) => Math.floor(random() * count);

const shared = {
  permits: new Semaphore(8),
  lock: new Mutex(0),
  changed: new Notify(),
  mail: mpsc.channel(16),
};
const ends = { spawned: 0, value: 0, cancelled: 0, panic: 0 };

function* sleeps() {
  yield* sleep(upTo(3));
}

function* locks() {
  const permit = yield* shared.permits.acquire();
  try {
    const guard = yield* shared.lock.lock();
    try {
      guard.value += 1;
      yield* yieldNow();
    } finally {
      guard.release();
    }
  } finally {
    permit.release();
  }
}

function* cleansUp() {
  try {
    yield* shared.changed.notified();
  } finally {
    yield* sleep(upTo(2));
  }
}

function* limited() {
  const result = yield* timeout(upTo(3), sleep(upTo(3)));
  if (!result.ok) shared.changed.notifyOne();
}

function* branches() {
  yield* join(sleeps(), locks(), async () => {
    await sleep(1);
  });
}

const bodies = [
  function* () {},
  () => 1,
  sleeps,
  async () => {
    await sleep(upTo(3));
    await yieldNow();
  },
  locks,
  async () => {
    const guard = await shared.lock.lock();
    try {
      await yieldNow();
    } finally {
      guard.release();
    }
  },
  cleansUp,
  limited,
  branches,
  function* () {
    throw new Error('on purpose');
  },
  async () => {
    await sleep(1);
    throw new Error('on purpose');
  },
  function* () {
    yield* shared.mail[0].send(1);
  },
  async () => {
    await shared.mail[1].recv();
  },
  async () => {
    const { signal } = task;
    signal.addEventListener('abort', () => shared.changed.notifyOne());
    await sleep(upTo(3));
  },
];

/** One task of a random kind, aborted at once, later or not at all. */
function live(set) {
  const body = bodies[upTo(bodies.length)];
  ends.spawned += 1;
  switch (upTo(8)) {
    case 0:
      return task.builder({ name: 'limited', timeoutMs: upTo(3) }).spawn(body);
    case 1: {
      const handle = spawn(body);
      handle.abort();
      return handle;
    }
    case 2: {
      const handle = spawn(body);
      spawn(() => handle.abort(new Error('on purpose')));
      ends.spawned += 1;
      return handle;
    }
    case 3:
      ends.spawned += 1;
      return spawn(() => scope((group) => void group.spawn(body)));
    case 4:
      set.spawn(body);
      return undefined;
    default:
      return spawn(body);
  }
}

async function batch() {
  const set = new JoinSet();
  const handles = Array.from({ length: BATCH }, () => live(set)).filter((handle) => handle !== undefined);
  // From some that have all begun to some that have nearly all ended.
  await sleep(upTo(8) * upTo(8));
  for (const handle of handles) handle.abort();
  for (const handle of handles) {
    const result = await handle;
    ends[result.ok ? 'value' : result.error.kind] += 1;
  }
  await set.shutdown();
}

/** The heap in bytes, after what can be collected was: a finalizer may make more of it free. */
async function heap() {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc();
    await new Promise(setImmediate);
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  return least;
}

setPanicHook(() => undefined);
console.log(JSON.stringify({ spawned: 0, heapBytes: await heap() }));
const resources = () => process.getActiveResourcesInfo().sort();
const before = resources();
for (let mark = 1; mark <= MARKS; mark += 1) {
  while (ends.spawned < (total * mark) / MARKS) await batch();
  console.log(JSON.stringify({ spawned: ends.spawned, heapBytes: await heap() }));
}
console.log(
  JSON.stringify({
    ...ends,
    alive: runtime.metrics().numAliveTasks,
    permits: shared.permits.availablePermits(),
    isLocked: !shared.lock.tryLock().ok,
    resources: [before, resources()],
  }),
);
