import {
  blocking,
  JoinError,
  main,
  Runtime,
  sleep,
  spawn,
  spawnBlocking,
  task,
  tasksFrom,
  thread,
  yieldNow,
} from '@heddle/runtime';
import { type Provocations, panicOf } from '../provocations.js';

const exitsAtLoad = tasksFrom<{ run: () => void }>(new URL('../modules/exits-at-load.mjs', import.meta.url));
const leavesOne = tasksFrom<{ run: (text: Uint8Array) => void }>(
  new URL('../modules/leaves-one.mjs', import.meta.url),
);

export const outcomes: Provocations = {
  'task ‹id› was cancelled': [
    async () => {
      const handle = spawn(() => sleep(60_000));
      handle.abort();
      return await handle;
    },
    async () => {
      let told: unknown;
      const handle = spawn(() =>
        sleep(60_000).then(null, (error) => {
          told = error;
        }),
      );
      await yieldNow();
      handle.abort();
      await handle;
      return told;
    },
  ],
  'task ‹id› was cancelled: its runtime was shut down': async () => {
    const runtime = new Runtime();
    await runtime.shutdown();
    return runtime.spawn(() => 1);
  },
  'task ‹id› was cancelled: its job ended': async () => {
    const text = new Uint8Array(new SharedArrayBuffer(100));
    await spawnBlocking(leavesOne.run, text);
    const message = new TextDecoder().decode(text.slice()).replaceAll('\0', '');
    return new JoinError('cancelled', 1, message);
  },
  'task ‹id› was cancelled: its thread ended': async () => {
    const text = new Uint8Array(new SharedArrayBuffer(100));
    await thread.spawn(leavesOne.run, text);
    const message = new TextDecoder().decode(text.slice()).replaceAll('\0', '');
    return new JoinError('cancelled', 1, message);
  },
  'task ‹id› was cancelled: main ended': async () => {
    const { left } = await main(() => ({ left: spawn(() => sleep(60_000)) }), { signals: false });
    return await left;
  },
  'task ‹id› panicked': () => spawn(() => Promise.reject(42)),
  'task ‹id› panicked with message "‹message›"': [
    () => spawn(() => Promise.reject(new Error('boom'))),
    () => spawn(() => Promise.reject('boom')),
  ],
  'task ‹id› crashed: its thread was gone without a word, as one is that runs out of memory': () =>
    thread
      .spawn(() => (process as unknown as { reallyExit(code: number): never }).reallyExit(0))
      .blockingJoin(),
  'task ‹id› crashed: its thread called process.exit(‹code›)': () => thread.spawn(() => process.exit(3)),
  'task ‹id› crashed: its thread called process.exit(‹code›) before the function began': () =>
    thread.spawn(exitsAtLoad.run),
  'task ‹id› crashed: its thread could not be started: ‹why›': () =>
    // More stack than there is address space: the kernel refuses to make the thread.
    thread.builder({ resourceLimits: { stackSizeMb: 1e9 } }).spawn(() => 1),
  'task ‹id› crashed: its thread ended with an uncaught exception: ‹message›': () =>
    thread.spawn(async () => {
      setTimeout(() => {
        throw new Error('late');
      }, 1);
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }),
  'task ‹id› crashed: its thread ended with an unhandled rejection: ‹message›': () =>
    thread.spawn(async () => {
      void Promise.reject(new Error('unheard'));
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }),
  'task ‹id› crashed: its thread ended with exit code ‹code› before it answered': () =>
    thread.spawn(() => (process as unknown as { reallyExit(code: number): never }).reallyExit(0)),
  'task ‹id› crashed: its thread had nothing left to do while it waited for ‹what›': () =>
    thread.spawn(() => new Promise<void>(() => undefined)),
  'task ‹id› crashed: its thread ran out of memory': () =>
    thread.builder({ resourceLimits: { maxOldGenerationSizeMb: 16 } }).spawn(() => {
      const kept: object[] = [];
      for (;;) kept.push({ n: kept.length });
    }),
  'deadlineMs: ‹ms› ms have passed': async () => {
    const late = blocking.builder({ deadlineMs: 1 });
    const result = await late.spawn(() => new Promise<void>((resolve) => setTimeout(resolve, 60_000)));
    return result.match({ ok: () => 'no error', err: (error) => error.cause });
  },
  'timeoutMs: ‹ms› ms have passed': async () => {
    const result = await task.builder({ timeoutMs: 1 }).spawn(() => sleep(60_000));
    return result.match({ ok: () => 'no error', err: (error) => error.cause });
  },
  'a thread reported a panic that cannot be read: ‹data›': () =>
    panicOf(
      thread.spawn(async () => {
        const { workerData } = await import('node:worker_threads');
        workerData.port.postMessage({ heddle: 'panic', thrown: { kind: 'else' } });
      }),
    ),
  '… ‹n› more ‹things› were cut': async () => {
    const last = (error: unknown): unknown =>
      error instanceof Error && error.cause !== undefined ? last(error.cause) : error;
    const thrown = await panicOf(
      thread.spawn(() => {
        let error = new Error('0');
        for (let n = 1; n < 20; n += 1) error = new Error(String(n), { cause: error });
        throw error;
      }),
    );
    return last(thrown);
  },
};
