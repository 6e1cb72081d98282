import {
  consumeBudget,
  type JoinHandle,
  join,
  main,
  Runtime,
  sleep,
  spawn,
  spawnBlocking,
  thread,
  unconstrained,
  yieldNow,
} from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { mpsc, Notify, oneshot } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/**
 * What tokio promises of a runtime of any flavor. Over each test stands its source. There is no `block_on`: the root
 * is the body of `main`, or a task, and whoever wants its value awaits it.
 */
beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const rows = 'block-on-spawn-wake-ups-all-flavors';

// rt_common.rs: block_on_sync
test(`${rows}/1 a root that is ready runs to its end, and what it did is seen afterwards`, async () => {
  let won = false;
  await main(async () => {
    won = true;
  });
  expect(won).toBe(true);
});

// rt_common.rs: block_on_async
test(`${rows}/2 a root that waits for another thread is woken by it and gets the value`, async () => {
  const value = await main(async () => {
    const [tx, rx] = thread.channel<string>({ capacity: 1 });
    const handle = thread.spawn((tx) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      tx.trySend('ZOMG');
    }, tx);
    const received = await rx.recv();
    (await handle).unwrap();
    return received;
  });
  expect(value).toBe('ZOMG');
});

// rt_common.rs: spawn_one_join
test(`${rows}/3 a root gets the message of a task, and then its value by the handle`, async () => {
  const { host, spawn } = byHand();
  const root = spawn(function* () {
    const [tx, rx] = oneshot<string>();
    const handle = spawn(function* () {
      tx.send('ZOMG');
      return 'DONE';
    });
    return [yield* rx.recv(), (yield* handle).unwrap()];
  });
  await host.settle();
  expect((await root).unwrap()).toEqual(['ZOMG', 'DONE']);
});

// rt_common.rs: spawn_two
test(`${rows}/4 two tasks pass a value on, from one oneshot to the other and to the root`, async () => {
  const { host, spawn } = byHand();
  const root = spawn(function* () {
    const [tx1, rx1] = oneshot<string>();
    const [tx2, rx2] = oneshot<string | undefined>();
    spawn(function* () {
      tx1.send('ZOMG');
    });
    spawn(function* () {
      tx2.send((yield* rx1.recv()) as string);
    });
    return yield* rx2.recv();
  });
  await host.settle();
  expect(await outcomeOf(root)).toBe('ZOMG');
});

// rt_common.rs: spawn_one_from_block_on_called_on_handle
test(`${rows}/5 a root may hand out a handle that is not joined yet`, async () => {
  const { host, spawn } = byHand();
  const [tx, rx] = oneshot<number>();
  let handed: JoinHandle<number | undefined> | undefined;
  const root = spawn(function* () {
    const handle = spawn(function* () {
      return yield* rx.recv();
    });
    // A thenable that is returned is joined, as in every JavaScript.
    handed = handle;
    return { handle };
  });
  await host.settle();
  const { handle } = (await root).unwrap();
  expect([handle === handed, handle.isFinished()]).toEqual([true, false]);
  tx.send(5);
  await host.settle();
  expect((await handle).unwrap()).toBe(5);
});

// rt_common.rs: spawn_await_chain
test(`${rows}/6 a task that awaits a task that awaits a task gives the value of the innermost`, async () => {
  const { host, spawn } = byHand();
  const root = spawn(function* () {
    const outer = spawn(function* () {
      const inner = spawn(function* () {
        return 'hello';
      });
      return (yield* inner).unwrap();
    });
    return (yield* outer).unwrap();
  });
  await host.settle();
  expect(await outcomeOf(root)).toBe('hello');
});

// rt_common.rs: outstanding_tasks_dropped
test(`${rows}/7 a task that never ends outlives the root, and is released by the end of the runtime`, async () => {
  const { host, runtime, spawn } = byHand();
  let released = false;
  const root = spawn(function* () {
    spawn(function* () {
      try {
        yield* new Notify().notified();
      } finally {
        released = true;
      }
    });
    yield* yieldNow();
  });
  await host.settle();
  expect([root.isFinished(), released, runtime.metrics().numAliveTasks]).toEqual([true, false, 1]);
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
  expect(released).toBe(true);
});

// rt_common.rs: create_rt_in_block_on
test(`${rows}/8 a runtime may be made inside a task of another, and used afterwards`, async () => {
  const outer = byHand();
  const made = outer.spawn(() => byHand());
  await outer.host.settle();
  const inner = (await made).unwrap();
  const handle = inner.spawn(() => 'ran');
  await inner.host.settle();
  expect(await outcomeOf(handle)).toBe('ran');
});

// rt_common.rs: complete_block_on_under_load
test(`${rows}/9 a root that another thread wakes ends though a task never stops yielding`, async () => {
  const done = await main(async () => {
    spawn(function* () {
      for (;;) yield* yieldNow();
    });
    const [tx, rx] = thread.channel<string>({ capacity: 1 });
    thread.spawn((tx) => tx.trySend('woken'), tx);
    return await rx.recv();
  });
  expect(done).toBe('woken');
});

// rt_common.rs: complete_task_under_load
test(`${rows}/10 so does a task that another thread wakes and that wakes the root`, async () => {
  const done = await main(async () => {
    spawn(function* () {
      for (;;) yield* yieldNow();
    });
    const [tx, rx] = thread.channel<string>({ capacity: 1 });
    const [toRoot, atRoot] = oneshot<string | undefined>();
    spawn(async () => toRoot.send((await rx.recv()) as string));
    thread.spawn((tx) => tx.trySend('forwarded'), tx);
    return await atRoot.recv();
  });
  expect(done).toBe('forwarded');
});

// rt_common.rs: sleep_at_root, sleep_in_spawn
test(`${rows}/11 a sleep of 50 ms takes 50 ms at least, in the root and in a task`, async () => {
  const { host, spawn } = byHand();
  const ended: string[] = [];
  spawn(async () => {
    await sleep(50);
    ended.push('root');
  });
  spawn(function* () {
    yield* spawn(function* () {
      yield* sleep(50);
    });
    ended.push('task');
  });
  await host.advance(49.9);
  expect(ended).toEqual([]);
  await host.advance(0.1);
  expect(ended.sort()).toEqual(['root', 'task']);
  const beganMs = performance.now();
  await sleep(50);
  expect(performance.now() - beganMs >= 50).toBe(true);
});

// rt_common.rs: block_on_socket, client_server_block_on, local_set_block_on_socket, local_set_client_server_block_on
test(`${rows}/12 a task accepts, the root connects and reads to the end, and there is one signal of completion`, async () => {
  const listener = await TcpListener.bind('127.0.0.1:0');
  const [tx, rx] = mpsc.unboundedChannel<string>();
  const text = await main(async () => {
    spawn(async () => {
      const stream = await listener.accept();
      await stream.writeAll('hello');
      stream.close();
      tx.send('accepted');
    });
    const stream = await TcpStream.connect(listener.localAddr());
    const chunks: Buffer[] = [];
    for (let chunk = await stream.read(); chunk !== undefined; chunk = await stream.read()) {
      chunks.push(Buffer.from(chunk));
    }
    stream.close();
    return Buffer.concat(chunks).toString();
  });
  listener.close();
  expect([text, await rx.recv(), rx.len()]).toEqual(['hello', 'accepted', 0]);
});

// rt_common.rs: spawn_from_blocking. Here the task is one of the thread of the job, and the handle is joined there.
test(`${rows}/13 a blocking job may spawn a task and return its handle, whose outcome comes across`, async ({
  task,
}) => {
  deviates(task, 'returnedIsJoined');
  const handle = spawnBlocking(async () => {
    const { spawn } = await import('@heddle/runtime');
    return spawn(async () => 'hello');
  });
  expect((await handle).unwrap().unwrap()).toBe('hello');
  const fails = spawnBlocking(async () => {
    const { spawn } = await import('@heddle/runtime');
    return spawn(async () => Promise.reject(new RangeError('boom')));
  });
  const inner = (await fails).unwrap();
  expect(inner.ok ? inner : inner.error.intoPanic()).toEqual(new RangeError('boom'));
});

// rt_common.rs: spawn_blocking_from_blocking. The same.
test(`${rows}/14 a blocking job may start another and return its handle, whose outcome comes across`, async ({
  task,
}) => {
  deviates(task, 'returnedIsJoined');
  const handle = spawnBlocking(async () => {
    const { spawnBlocking } = await import('@heddle/runtime');
    return spawnBlocking(() => 'hello');
  });
  expect((await handle).unwrap().unwrap()).toBe('hello');
});

// rt_common.rs: io_driver_called_when_under_load
test(`${rows}/15 a hundred tasks that wake themselves for ever do not keep a socket from being served`, async () => {
  const text = await main(async () => {
    for (let task = 0; task < 100; task += 1) {
      spawn(function* () {
        const notify = new Notify();
        for (;;) {
          notify.notifyOne();
          yield* notify.notified();
        }
      });
    }
    const listener = await TcpListener.bind('127.0.0.1:0');
    const server = spawn(async () => {
      const stream = await listener.accept();
      await stream.writeAll('hello');
      stream.close();
    });
    const stream = await TcpStream.connect(listener.localAddr());
    const chunk = await stream.read();
    await server;
    listener.close();
    return Buffer.from(chunk as Uint8Array).toString();
  });
  expect(text).toBe('hello');
});

// rt_common.rs: panic_in_task
test(`${rows}/16 a panic in a task runs its cleanup, and the runtime goes on`, async () => {
  const { host, spawn } = byHand();
  const [tx, rx] = oneshot<string>();
  const panics = spawn(function* () {
    try {
      yield* yieldNow();
      throw new Error('boom');
    } finally {
      tx.send('cleaned up');
    }
  });
  const root = spawn(function* () {
    return yield* rx.recv();
  });
  await host.settle();
  expect([await outcomeOf(panics), await outcomeOf(root)]).toEqual(['panic boom', 'cleaned up']);
});

// rt_common.rs: panic_in_block_on
test(`${rows}/17 a panic of the root is thrown to who waits for it`, async () => {
  await expect(
    main(async () => {
      throw new Error('boom');
    }),
  ).rejects.toThrow('boom');
});

// rt_common.rs: eagerly_drops_futures_on_shutdown. Here nothing is dropped: shutdown is a call.
test(`${rows}/18 a task that is suspended is cleaned up before the shutdown has ended`, async () => {
  const { host, runtime, spawn } = byHand();
  const lines: string[] = [];
  spawn(function* () {
    try {
      yield* new Notify().notified();
    } finally {
      lines.push('cleaned up');
    }
  });
  await host.settle();
  const ended = runtime.shutdown().then(() => lines.push('shut down'));
  await host.settle();
  await ended;
  expect(lines).toEqual(['cleaned up', 'shut down']);
});

// rt_common.rs: wake_while_rt_is_dropping
test(`${rows}/19 tasks that wake each other in their cleanup during a shutdown are not polled again`, async () => {
  const { host, runtime, spawn } = byHand();
  const [left, right] = [new Notify(), new Notify()];
  let after = 0;
  const waits = (mine: Notify, others: Notify) =>
    spawn(function* () {
      try {
        yield* mine.notified();
        after += 1;
      } finally {
        others.notifyOne();
      }
    });
  const handles = [waits(left, right), waits(right, left)];
  await host.settle();
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
  expect(after).toBe(0);
  for (const handle of handles) expect(await outcomeOf(handle)).toBe('cancelled');
});

// rt_common.rs: shutdown_timeout. Here the thread that is left behind is terminated.
test(`${rows}/20 a shutdown returns though a job blocks for hours`, async ({ task }) => {
  deviates(task, 'abortStopsBlocking');
  const runtime = new Runtime();
  const [tx, rx] = thread.channel<number>({ capacity: 1 });
  const blocks = runtime.spawnBlocking((tx) => {
    tx.trySend(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }, tx);
  await rx.recv();
  await runtime.shutdown({ timeoutMs: 100 });
  expect(await outcomeOf(blocks)).toMatch(/^cancelled/);
});

// rt_common.rs: shutdown_timeout_0
test(`${rows}/21 a shutdown with no time at all returns too`, async () => {
  const runtime = new Runtime();
  const task = runtime.spawn(() => new Promise(() => undefined));
  const job = runtime.spawnBlocking(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
  await runtime.shutdown({ timeoutMs: 0 });
  expect([task.isFinished(), job.isFinished()]).toEqual([true, true]);
});

/** A channel with so many items in it. */
function filled(items: number) {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let item = 0; item < items; item += 1) tx.send(item);
  return rx;
}

// rt_common.rs: coop
test(`${rows}/22 a thousand items that are there are not received in one poll`, async () => {
  const { host, runtime, spawn } = byHand();
  const rx = filled(1000);
  let received = 0;
  spawn(function* () {
    for (; received < 1000; received += 1) yield* rx.recv();
  });
  const seen: number[] = [];
  spawn(function* () {
    seen.push(received);
  });
  await host.settle();
  expect([seen, received]).toEqual([[128], 1000]);
  expect(runtime.metrics().budgetForcedYieldCount).toBe(7);
});

// rt_common.rs: coop_unconstrained
test(`${rows}/23 but they are without a budget, in a generator and in an async function`, async () => {
  const { host, runtime, spawn } = byHand();
  const seen: number[] = [];
  let received = 0;
  const rx = filled(1000);
  spawn(function* () {
    yield* unconstrained(function* () {
      for (; received < 1000; received += 1) yield* rx.recv();
    });
  });
  spawn(function* () {
    seen.push(received);
  });
  await host.settle();
  expect(seen).toEqual([1000]);

  const more = filled(1000);
  const guest = spawn(async () => {
    let sum = 0;
    await unconstrained(async () => {
      for (let item = 0; item < 1000; item += 1) sum += (await more.recv()) ?? 0;
    });
    return sum;
  });
  await host.settle();
  expect(await outcomeOf(guest)).toBe('499500');
  expect(runtime.metrics().budgetForcedYieldCount).toBe(0);
});

// rt_common.rs: coop_consume_budget
test(`${rows}/24 a thousand units of the budget are not used up in one poll`, () => {
  let used = 0;
  const uses = step(
    (function* () {
      for (; used < 1000; used += 1) yield* consumeBudget();
    })(),
  );
  expect(uses.poll()).toBe(PENDING);
  expect([used, uses.isWoken()]).toEqual([128, true]);
});

// rt_common.rs: ping_pong_saturation
test(`${rows}/25 a hundred pairs that keep waking each other do not starve a task that yields five times`, async () => {
  const { host, spawn } = byHand();
  for (let pair = 0; pair < 100; pair += 1) {
    const [ping, pong] = [new Notify(), new Notify()];
    const plays = (mine: Notify, others: Notify) =>
      spawn(function* () {
        for (;;) {
          yield* mine.notified();
          others.notifyOne();
        }
      });
    plays(ping, pong);
    plays(pong, ping);
    ping.notifyOne();
  }
  const yields = spawn(function* () {
    for (let step = 0; step < 5; step += 1) yield* yieldNow();
    return 'done';
  });
  for (let turn = 0; turn < 20; turn += 1) host.turn();
  expect(await outcomeOf(yields)).toBe('done');
  // Both may be waited for beside each other as well.
  const [first] = await join(yields);
  expect(first.unwrap()).toBe('done');
});
