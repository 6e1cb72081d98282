/** Classes for the tests of actors. Plain JavaScript: a thread runs it without a loader. What they take and give is in actors.d.mts. */
import { threadId } from 'node:worker_threads';
import { move, proxy, registerClass, sleep, spawn, task } from '@heddle/runtime';

export const limit = 3;
export const notAClass = () => 1;

export class Counter {
  step = 1;
  #count;

  constructor(start = 0) {
    this.#count = start;
  }

  add(n) {
    this.#count += n;
    return this.#count;
  }

  value() {
    return this.#count;
  }

  get accessor() {
    return () => 1;
  }

  threadId() {
    return threadId;
  }
}

export class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  length() {
    return Math.hypot(this.x, this.y);
  }
}
registerClass(Point, 'test.Point');

export class NoMoney extends Error {
  name = 'NoMoney';
  constructor(missing) {
    super(`${missing} short`);
    this.missing = missing;
  }
}
registerClass(NoMoney, 'test.NoMoney');

/** Gives back what it is given, and throws what it is told to. */
export class Echo {
  async same(...values) {
    return values.length === 1 ? values[0] : values;
  }

  nested(depth) {
    let value = null;
    for (let at = 0; at < depth; at += 1) value = { value };
    return value;
  }

  bytes(length) {
    return move(new Uint8Array(length));
  }

  sum(bytes) {
    return bytes.reduce((sum, byte) => sum + byte, 0);
  }

  unclonable() {
    return { deep: [() => 1] };
  }

  /** Passes our own look at it, and not Node's. */
  goneAlready() {
    const { port1 } = new MessageChannel();
    structuredClone(port1, { transfer: [port1] });
    return move(port1);
  }

  then() {
    return 'never called from outside';
  }

  throwKind(kind) {
    switch (kind) {
      case 'class':
        throw new NoMoney(7);
      case 'code':
        throw Object.assign(new RangeError('too far', { cause: new TypeError('inner') }), { code: 'E_FAR' });
      case 'aggregate':
        throw new AggregateError([new NoMoney(1), 'two'], 'both');
      case 'dom':
        throw new DOMException('no', 'NotFoundError');
      case 'string':
        throw 'just text';
      case 'undefined':
        throw undefined;
    }
  }

  *many() {
    yield 1;
  }

  async *manyLater() {
    yield 1;
  }

  manyBehind() {
    return this.many();
  }
}

export class Broken {
  constructor(message) {
    throw new NoMoney(message);
  }

  call() {}
}

/** Calls what it is given. */
export class Caller {
  #kept = new Set();

  async times(n, fn) {
    let last;
    for (let i = 0; i < n; i += 1) last = await fn(i);
    return last;
  }

  report(n, { onProgress }) {
    for (let i = 0; i < n; i += 1) void onProgress(i);
    return 'done';
  }

  keep(fn) {
    this.#kept.add(fn);
    return this.#kept.size;
  }

  drop(fn) {
    return this.#kept.delete(fn);
  }

  dropAll() {
    this.#kept.clear();
  }

  async tell(value) {
    for (const fn of this.#kept) await fn(value);
  }

  adder(n) {
    return proxy((m) => n + m);
  }

  pair() {
    return { up: proxy((n) => n + 1), down: proxy((n) => n - 1) };
  }

  ignore(_fn) {}
}

/** Writes down what happens to it. */
export class Journal {
  #lines = [];
  #file;

  constructor(tell) {
    this.#file = tell;
  }

  note(text) {
    this.#lines.push(text);
  }

  async noteLater(text) {
    await sleep(1);
    this.#lines.push(text);
    return text;
  }

  lines() {
    return this.#lines;
  }

  async inTasks(n) {
    const handles = Array.from({ length: n }, (_, i) =>
      spawn(async () => {
        await sleep(1);
        return i;
      }),
    );
    let sum = 0;
    for (const handle of handles) sum += (await handle).unwrap();
    return sum;
  }

  taskName() {
    return [typeof task.id(), task.signal.aborted];
  }

  async waitForAbort() {
    await this.#file('waiting');
    const { signal } = task;
    // It may have come while the host was told.
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await this.#file('told');
  }

  async forever() {
    await new Promise(() => {});
  }

  async [Symbol.asyncDispose]() {
    await sleep(1);
    await this.#file?.(`disposed after ${this.#lines.join()}`);
  }
}

export class BadEnd {
  [Symbol.dispose]() {
    throw new NoMoney(3);
  }

  work() {
    return 1;
  }
}

/** Each way for a thread to die. */
export class Doomed {
  #leak = [];

  ok() {
    return 'ok';
  }

  exit(code) {
    process.exit(code);
  }

  exitSoon() {
    setImmediate(() => process.exit(0));
    return 'answered';
  }

  throwOutside() {
    setImmediate(() => {
      throw new NoMoney(5);
    });
    return new Promise(() => {});
  }

  rejectOutside() {
    void Promise.reject(new NoMoney(6));
    return new Promise(() => {});
  }

  outOfMemory() {
    for (;;) this.#leak.push(new Array(10_000).fill(Math.random()));
  }

  reallyExit() {
    process.reallyExit(0);
  }

  spin() {
    for (;;);
  }

  wait() {
    return new Promise(() => {});
  }
}
