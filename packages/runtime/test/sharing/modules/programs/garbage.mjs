import { setTimeout as delay } from 'node:timers/promises';
import { thread } from '@heddle/runtime';

// Each thread waits on an end whose other end is forgotten here, without having been closed.
const ended = [
  start(({ receiver }) => thread.spawn(async (items) => [await items.recv(), await items.recv()], receiver)),
  start(({ sender }) =>
    thread.spawn(async (out) => {
      await out.closed();
      return [out.isClosed()];
    }, sender),
  ),
];
while (ended.some((handle) => !handle.isFinished())) {
  globalThis.gc?.();
  await delay(5);
}
for (const handle of ended) console.log(JSON.stringify((await handle).unwrap()));

function start(run) {
  const [sender, receiver] = thread.channel({ capacity: 1 });
  sender.trySend('one');
  return run({ sender, receiver });
}
