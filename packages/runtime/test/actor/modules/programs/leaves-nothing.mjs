import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { proxy, tasksFrom, thread } from '@heddle/runtime';
import { openPorts } from './count-ports.mjs';

/** What is left after thousands of calls and callbacks, and after hundreds of actors. */
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');
const { Caller, Counter } = tasksFrom(new URL('../actors.mjs', import.meta.url));
const { Ports } = tasksFrom(new URL('./ports.mjs', import.meta.url));

const rested = async () => {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setTimeout(resolve, 20));
};
const osThreads = () => {
  try {
    return Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return 0;
  }
};
const seen = async () => {
  await rested();
  return [process.getActiveResourcesInfo(), openPorts(), osThreads(), thread.metrics().threadsAlive];
};

// The first thread makes Node open stdout and stderr, which stay, and V8 its helpers.
await thread.actor(Counter).stop();
const atFirst = await seen();

const actor = thread.actor(Ports);
const { remote } = actor;
await remote.call(proxy(() => 0));
const before = [openPorts(), await remote.openPorts()];
const functions = [];
for (let n = 0; n < 5_000; n += 1) {
  const fn = () => n;
  if (n % 100 === 0) functions.push(new WeakRef(fn));
  if ((await remote.call(proxy(fn))) !== n) throw new Error('not its own callback');
}
for (let n = 0; n < 5_000; n += 1) await remote.nothing();
const after = [openPorts(), await remote.openPorts()];
let held = functions.length;
for (let n = 0; n < 100 && held > 1; n += 1) {
  await remote.collect();
  await rested();
  gc();
  held = functions.filter((fn) => fn.deref() !== undefined).length;
}
await actor.stop();

for (let n = 0; n < 200; n += 8) {
  await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const each = thread.actor(Caller);
      if (i % 4 === 0)
        await each.remote.times(
          1,
          proxy(() => 1),
        );
      if (i % 4 === 1) each.handle.abort();
      if (i % 4 === 2)
        each.remote
          .times(
            1,
            proxy(() => each.handle.abort()),
          )
          .catch(() => undefined);
      else await each.stop();
      await each.handle;
    }),
  );
}
console.log(JSON.stringify({ atFirst, atLast: await seen(), before, after, held }));
