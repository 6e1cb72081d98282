/** Everything that the library writes to stderr but the report of a hang. */
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  blocking,
  join as joinAll,
  Runtime,
  select,
  setPanicHook,
  sleep,
  spawn,
  spawnBlocking,
  task,
  thread,
} from '@heddle/runtime';

const never = () => new Promise((resolve) => setTimeout(resolve, 3_600_000));

await spawn(() => Promise.reject(new Error('boom')));
await thread.builder({ name: 'doomed' }).spawn(() => process.exit(3));

const sits = task.builder({ abandonAfterMs: 1 }).spawn(never);
const swallows = spawn(async () => {
  for (;;) await sleep(60_000).then(null, () => undefined);
});
await sleep(0);
for (const handle of [sits, swallows]) handle.abort();
await sits;
await swallows;

function* waitsInCleanup() {
  try {
    yield* sleep(60_000);
  } finally {
    yield* sleep(5);
  }
}
function* runsOn() {
  for (;;) {
    try {
      yield* waitsInCleanup();
    } catch {}
  }
}
await task.builder({ abandonAfterMs: 1 }).spawn(function* () {
  yield* select({ runsOn: runsOn(), ends: sleep(0) });
});

function* dirty() {
  try {
    yield* sleep(60_000);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what is provoked
    throw new Error('in a cleanup');
  }
}
await joinAll(dirty, () => Promise.reject(new Error('first'))).then(null, () => undefined);

const loses = { lifoSlot: false, size: 0, push: () => undefined, pop: () => undefined, remove: () => false };
await new Runtime({ policy: loses }).spawn(() => 'all the same');

const throwsOnPark = () => {
  throw new Error('broken hook');
};
await new Runtime({ onPark: throwsOnPark, longPollMs: 1 }).spawn(() => {
  for (const until = performance.now() + 3; performance.now() < until; );
});

const runtime = new Runtime();
runtime.spawn(never);
await sleep(0);
await runtime.shutdown({ timeoutMs: 1 });

// A thread in a system call cannot be terminated. This one says when it is there.
const sign = join(tmpdir(), `heddle-errors-doc-${process.pid}`);
const blocks = thread.builder({ graceMs: 0 }).spawn(async (sign) => {
  const { execSync } = await import('node:child_process');
  execSync(`touch ${sign}; sleep 5`);
}, sign);
while (!existsSync(sign)) await sleep(1);
rmSync(sign);
blocks.abort();
await blocks;

// What a job leaves behind goes off in its thread when that has no job.
await spawnBlocking(() => {
  setTimeout(() => {
    throw new Error('left behind');
  }, 1);
});
while (blocking.metrics().numBlockingThreads > 0) await sleep(1);

setPanicHook(() => {
  throw new Error('broken hook');
});
await spawn(() => Promise.reject(new Error('bang')));
// Not by process.exit(), which waits for the thread.
process.kill(process.pid, 'SIGKILL');
