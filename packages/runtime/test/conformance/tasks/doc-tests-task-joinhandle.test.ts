import {
  consumeBudget,
  Err,
  hasBudgetRemaining,
  type JoinHandle,
  JoinSet,
  main,
  Ok,
  resumeUnwind,
  type Suspension,
  sleep,
  spawn,
  spawnBlocking,
  task,
  taskLocal,
  thread,
  timeout,
  yieldNow,
} from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { mpsc } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';

/** What the examples in tokio's documentation of tasks do, row by row. Over each test stands its source. */

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

// mod.rs: doc@56, doc@70
test('doc-tests-task-joinhandle/1 spawn begins work in the background, and its handle gives what it returns', async () => {
  const handle = spawn(async () => 'hello world!');
  const result = await handle;
  expect([result.ok, result.unwrap()]).toEqual([true, 'hello world!']);
});

// blocking.rs: doc@197
test('doc-tests-task-joinhandle/2 a blocking job is never more than two ahead in a channel with room for two, and is joined after the sum', async () => {
  const [sender, receiver] = thread.channel<number>({ capacity: 2 });
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const worker = spawnBlocking(
    (out, sent) => {
      for (let n = 0; n < 10; n += 1) {
        out.blockingSend(5 + n);
        Atomics.add(sent, 0, 1);
      }
      out.close();
    },
    sender,
    sent,
  );
  while (Atomics.load(sent, 0) < 2) await sleep(1);
  await sleep(1);
  let [sum, received, ahead] = [0, 0, Atomics.load(sent, 0)];
  for await (const n of receiver) {
    sum += n;
    received += 1;
    ahead = Math.max(ahead, Atomics.load(sent, 0) - received);
  }
  expect([sum, ahead, (await worker).ok]).toEqual([95, 2, true]);
});

type Serve = (stream: TcpStream) => Promise<void>;

/** A server that answers each connection in a task of its own, made by `spawns`, until `count` have come. */
async function served(count: number, spawns: (serve: Serve, stream: TcpStream) => JoinHandle<void>) {
  const listener = await TcpListener.bind('127.0.0.1:0');
  const server = spawn(async () => {
    for (let n = 0; n < count; n += 1) {
      const serve: Serve = async (stream) => {
        await stream.writeAll(`hello from ${task.id() > 0 ? 'a task' : 'nobody'}`);
      };
      spawns(serve, await listener.accept()).detach();
    }
  });
  const answers: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const stream = await TcpStream.connect(listener.localAddr());
    answers.push(new TextDecoder().decode(await stream.readExact('hello from a task'.length)));
    stream.close();
  }
  (await server).unwrap();
  listener.close();
  return answers;
}

// builder.rs: doc@30
test('doc-tests-task-joinhandle/3 the task of a connection may have a name', async () => {
  const names: unknown[] = [];
  const answers = await served(1, (serve, stream) => {
    const handle = task.builder({ name: 'process connection' }).spawn(serve, stream);
    names.push(handle.name);
    return handle;
  });
  expect([answers, names]).toEqual([['hello from a task'], ['process connection']]);
});

// spawn.rs: doc@42
test('doc-tests-task-joinhandle/4 a loop accepts connections and leaves each to a detached task', async () => {
  expect(await served(3, (serve, stream) => spawn(serve, stream))).toEqual(
    Array.from({ length: 3 }, () => 'hello from a task'),
  );
});

// join_set.rs: doc@31, doc@617, doc@658
test('doc-tests-task-joinhandle/5 ten tasks, spawned one by one, from an iterable or by extend, are each joined once', async () => {
  const fns = Array.from({ length: 10 }, (_, at) => async () => at);
  const spawned = new JoinSet<number>();
  for (const fn of fns) spawned.spawn(fn);
  const extended = new JoinSet<number>();
  extended.extend(fns);
  for (const set of [spawned, new JoinSet(fns), extended]) {
    const seen: number[] = [];
    for (let next = await set.joinNext(); next !== undefined; next = await set.joinNext())
      seen.push(next.unwrap());
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

// join_set.rs: doc@222
test('doc-tests-task-joinhandle/6 blocking jobs are joined as tasks are', async () => {
  const set = new JoinSet<number>();
  for (let n = 0; n < 4; n += 1) set.spawnBlocking((n: number) => n, n);
  expect((await set.joinAll()).sort()).toEqual([0, 1, 2, 3]);
});

// join_set.rs: doc@399
test('doc-tests-task-joinhandle/7 joinAll gives the values in the order in which the tasks end', async () => {
  const { host, spawn } = byHand();
  const set = new JoinSet<number>();
  for (const at of [0, 1, 2]) {
    set.spawnOn(spawn, function* () {
      yield* sleep((3 - at) * 1000);
      return at;
    });
  }
  const all = (async () => await set.joinAll())();
  await host.advance(3000);
  expect(await all).toEqual([2, 1, 0]);
});

// join_set.rs: doc@421
test('doc-tests-task-joinhandle/8 joinAll is a loop that throws on what a task threw, or else the JoinError', async () => {
  const byLoop = async (set: JoinSet<number>) => {
    const values: number[] = [];
    for await (const result of set) {
      if (result.ok) values.push(result.value);
      else if (result.error.isPanic()) resumeUnwind(result.error.intoPanic());
      else throw result.error;
    }
    return values;
  };
  const throws = async (): Promise<number> => {
    throw new RangeError('boom');
  };
  for (const join of [byLoop, async (set: JoinSet<number>) => await set.joinAll()]) {
    await expect(join(new JoinSet([async () => 1, throws]))).rejects.toThrow(new RangeError('boom'));
    const aborted = new JoinSet([async () => 1]);
    aborted.abortAll();
    await expect(join(aborted)).rejects.toThrow('was cancelled');
    expect(await join(new JoinSet([async () => 1, async () => 2]))).toEqual([1, 2]);
  }
});

// local.rs: doc@62, doc@356, doc@378, doc@695
test('doc-tests-task-joinhandle/9 a task may hold what cannot leave its thread, and share it with who spawned it', async () => {
  const unsendable = { lines: [] as string[], add: (line: string) => unsendable.lines.push(line) };
  await main(
    async () => {
      await spawn(async () => {
        await yieldNow();
        unsendable.add('from a task');
      });
      unsendable.add('from main');
    },
    { signals: false },
  );
  expect(unsendable.lines).toEqual(['from a task', 'from main']);
});

// local.rs: doc@96
test('doc-tests-task-joinhandle/10 tasks that were spawned before their runtime is turned run to their end, sleeps and all', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  spawn(async () => {
    lines.push('first');
    await sleep(100);
    lines.push('later');
  });
  spawn(async () => {
    lines.push('second');
  });
  expect(lines).toEqual([]);
  await host.runToEnd();
  expect([lines, host.now()]).toEqual([['first', 'second', 'later'], 100]);
});

// local.rs: doc@560
test('doc-tests-task-joinhandle/11 more tasks may be spawned between two turns of a runtime', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  spawn(() => lines.push('one'));
  await host.settle();
  spawn(() => lines.push('two'));
  expect(lines).toEqual(['one']);
  await host.settle();
  expect(lines).toEqual(['one', 'two']);
});

// task_local.rs: doc@19, doc@76, doc@116, doc@153, doc@307
test('doc-tests-task-joinhandle/12 a scope sets a task-local for what runs in it; an inner one hides the value and gives it back', async () => {
  const NUMBER = taskLocal<number>('doc-tests-task-joinhandle/12');
  expect(NUMBER.syncScope(1, () => NUMBER.get())).toBe(1);
  const seen: number[] = [];
  await NUMBER.scope(1, async () => {
    seen.push(NUMBER.get());
  });
  await NUMBER.scope(2, async () => {
    seen.push(NUMBER.get());
    await NUMBER.scope(3, async () => {
      seen.push(NUMBER.get());
    });
    seen.push(NUMBER.get());
  });
  expect([seen, NUMBER.tryGet()]).toEqual([[1, 2, 3, 2], undefined]);
});

// coop: doc@mod:18, doc@mod:181, doc@mod:313, doc@consume_budget:14
test('doc-tests-task-joinhandle/13 a loop over a source that always has something gives way, and a time-out ends it', async () => {
  const [tx, rx] = mpsc.channel<number>(1);
  let received = 0;
  function* greedy() {
    for (;;) {
      tx.trySend(1);
      yield* rx.recv();
      received += 1;
    }
  }
  const { host, spawn: spawnByHand } = byHand();
  const looping = spawnByHand(greedy);
  let turns = 0;
  const other = spawnByHand(function* () {
    for (; turns < 3; turns += 1) yield* yieldNow();
  });
  for (let turn = 0; turn < 8; turn += 1) host.turn();
  expect([other.isFinished(), looping.isFinished(), received > 128]).toEqual([true, false, true]);
  looping.abort();
  await host.settle();
  expect(await outcomeOf(looping)).toBe('cancelled');

  const late = await spawn(function* () {
    return yield* timeout(5, greedy());
  });
  expect(late.unwrap().ok).toBe(false);
});

// coop: doc@mod:181, doc@consume_budget:14
test('doc-tests-task-joinhandle/13 a loop that only computes gives way by consumeBudget(), and may ask what is left', async () => {
  const { host, spawn } = byHand();
  const order: string[] = [];
  spawn(function* () {
    for (let step = 0; step < 300; step += 1) {
      if (!hasBudgetRemaining()) order.push(`gives way at ${step}`);
      yield* consumeBudget();
    }
    order.push('computed');
  });
  spawn(() => order.push('another'));
  await host.settle();
  expect(order).toEqual(['gives way at 128', 'another', 'gives way at 256', 'computed']);
});

// coop: doc@mod:181
test('doc-tests-task-joinhandle/13 who polls another by hand sees that it used the budget up, and looks at the time all the same', async () => {
  const { host, spawn } = byHand();
  const waits = spawn(function* () {
    const [tx, rx] = mpsc.channel<number>(1);
    let received = 0;
    const inner = step(function* (): Generator<Suspension, never> {
      for (;;) {
        tx.trySend(1);
        yield* rx.recv();
        received += 1;
      }
    });
    const before = hasBudgetRemaining();
    const polled = inner.poll() === PENDING;
    return [before, polled, hasBudgetRemaining(), received].join();
  });
  await host.settle();
  expect(await outcomeOf(waits)).toBe('true,true,false,128');
});

// coop: doc@mod:313
test('doc-tests-task-joinhandle/13 a foreign source gives way when each item that it gave costs a unit', async () => {
  const { host, spawn } = byHand();
  const order: string[] = [];
  spawn(function* () {
    // What has nothing to give costs nothing.
    for (const item of [...Array(300).fill(undefined), ...Array(200).keys()]) {
      if (item === undefined) continue;
      yield* consumeBudget();
      if (item === 127 || item === 128) order.push(`item ${item}`);
    }
    order.push('all');
  });
  spawn(() => order.push('another'));
  await host.settle();
  expect(order).toEqual(['item 127', 'another', 'item 128', 'all']);
});

// join.rs: doc@94
test('doc-tests-task-joinhandle/14 a task that gives a Result of its own gives a Result in a Result', async () => {
  const add = (a: number, b: number) => (Number.isFinite(a + b) ? Ok(a + b) : Err('cannot add'));
  const handle = spawn(add, 5, 3);
  const outer = await handle;
  expect([outer.ok, outer.unwrap().ok, outer.unwrap().unwrap()]).toEqual([true, true, 8]);
});

// join.rs: doc@112
test('doc-tests-task-joinhandle/15 a task that should give a Result and panics gives a JoinError outside', async () => {
  const outer = await spawn(async () => {
    if (Date.now() > 0) throw new Error('boom');
    return Ok(8);
  });
  expect(outer.ok || outer.error.isPanic()).toBe(true);
  expect(outer.ok).toBe(false);
});

// join.rs: doc@133
test('doc-tests-task-joinhandle/16 a task that a task spawned outlives it, though nobody has its handle', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  const original = spawn(function* () {
    spawn(function* () {
      yield* sleep(10);
      lines.push('the child ended');
    });
    lines.push('the parent ends');
    yield* yieldNow();
  });
  await host.settle();
  expect([original.isFinished(), lines]).toEqual([true, ['the parent ends']]);
  await host.advance(10);
  expect(lines).toEqual(['the parent ends', 'the child ended']);
});

// join.rs: doc@197, doc@277
test('doc-tests-task-joinhandle/17 two sleeping tasks are aborted, by their handles or by abortHandle()', async () => {
  for (const kind of ['handle', 'abortHandle'] as const) {
    const { host, spawn } = byHand();
    const handles = [1, 2].map(() =>
      spawn(async () => {
        await sleep(10_000);
        return true;
      }),
    );
    const aborts = handles.map((handle) => (kind === 'handle' ? handle : handle.abortHandle()));
    await host.settle();
    for (const handle of aborts) handle.abort();
    await host.settle();
    for (const handle of handles) {
      const result = await handle;
      expect(result.ok || result.error.isCancelled()).toBe(true);
      expect(result.ok).toBe(false);
    }
  }
});

// join.rs: doc@238
test('doc-tests-task-joinhandle/18 isFinished() is true of a task that has ended, and of one that was aborted', async () => {
  const { host, spawn } = byHand();
  const [done, aborted] = [spawn(() => sleep(1)), spawn(() => sleep(10_000))];
  expect([done.isFinished(), aborted.isFinished()]).toEqual([false, false]);
  aborted.abort();
  await host.advance(100);
  expect([done.isFinished(), aborted.isFinished()]).toEqual([true, true]);
});

/** The error of a task that panics so. */
async function panicked(payload: unknown) {
  const result = await spawn((): never => {
    throw payload;
  });
  if (result.ok) throw new Error('it has a value');
  return result.error;
}

// error.rs: doc@48
test('doc-tests-task-joinhandle/19 isPanic() is true of a task that panicked', async () => {
  expect((await panicked('boom')).isPanic()).toBe(true);
});

// error.rs: doc@77, doc@104
test('doc-tests-task-joinhandle/20 intoPanic() and tryIntoPanic() give the payload, to be thrown on by who joined', async () => {
  const payload = new Error('boom');
  const error = await panicked(payload);
  expect([error.intoPanic(), error.tryIntoPanic().unwrap()]).toEqual([payload, payload]);
  expect(() => resumeUnwind(error.intoPanic())).toThrow(payload);
  const { host, spawn } = byHand();
  const cancelled = spawn(() => sleep(1));
  cancelled.abort();
  await host.settle();
  const result = await cancelled;
  expect(result.ok || result.error.tryIntoPanic().ok).toBe(false);
});
