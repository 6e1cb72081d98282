import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runHanging } from './hanging-program.js';

const why = existsSync('/proc/self/schedstat')
  ? false
  : 'this system does not say how long a thread computed';
const REPORTED = /the last events, in ms before now:\n/;

describe('a watchdog', () => {
  test('says who holds a thread, who is ready, and who waits for whom, and when it is over', async () => {
    const { stderr, status } = await runHanging(
      `
      watchdog({ limitMs: 100 });
      await main(async function () {
        const hog = task.builder({ name: 'hog' }).spawn(function* () { yield* yieldNow(); compute(); yield* sleep(500); });
        task.builder({ name: 'ready' }).spawn(function* () { for (;;) yield* yieldNow(); });
        const joiner = task.builder({ name: 'joiner' }).spawn(function* () { yield* hog; });
        task.builder({ name: 'waiting' }).spawn(function* () { yield* sleep(1e6); });
        await joiner;
      });
      `,
      REPORTED,
    );
    const [head, , ready, ...rest] = shapeOf(stderr);
    expect(head).toBe('heddle: task 2 "hog" on thread "main" has not come back from a poll for # ms');
    expect(ready).toBe('  1 other task is ready and cannot run: task 3 "ready" for # ms');
    expect(rest.slice(0, 6)).toEqual([
      '  who waits for whom:',
      '    task 2 "hog" has the thread',
      '      task 4 "joiner" waits for task 2 "hog"',
      '        task 1 "main" waits for task 4 "joiner"',
      '      task 3 "ready" is ready, and needs the thread',
      '    task 5 "waiting" waits for sleep(1000000)',
    ]);
    expect(rest.filter((line) => line.endsWith('task 2 "hog" polled')).length).toBeGreaterThan(0);
    expect(rest.at(-1)).toBe('heddle: task 2 "hog" on thread "main" came back after # ms');
    expect(stderr.match(/^heddle: /gm)).toHaveLength(2);
    expect(status).toBe(0);
  });

  test.skipIf(why)(`tells who computes from who is blocked (skipped: ${why})`, async () => {
    const program = (how: string) => `
      watchdog({ limitMs: 200 });
      await main(function* () { yield* yieldNow(); ${how}(); });
    `;
    const busy = await runHanging(program('compute'), REPORTED);
    expect(shapeOf(busy.stderr)[1]).toBe(
      '  busy: it computes. Of the last # ms it was on a CPU for #, and wanted one for #',
    );
    const blocked = await runHanging(program('block'), REPORTED);
    expect(shapeOf(blocked.stderr)[1]).toBe(
      '  blocked: it is asleep, and computes nothing. Of the last # ms it was on a CPU for #, and wanted one for #',
    );
  });

  test('shows a deadlock: who would go on cannot, since who waits for it has the thread', async () => {
    const { stderr } = await runHanging(
      `
      watchdog({ limitMs: 100 });
      const word = new Int32Array(new SharedArrayBuffer(4));
      await main(async () => {
        const echo = task.builder({ name: 'echo' }).spawn(async () => {
          await sleep(1);
          Atomics.wait(word, 0, 0);
        });
        const client = task.builder({ name: 'client' }).spawn(async () => {
          await echo;
        });
        task.builder({ name: 'sender' }).spawn(async () => {
          for (;;) await yieldNow();
        });
        await client;
      });
      `,
      REPORTED,
      'is killed',
    );
    const shape = shapeOf(stderr);
    expect(shape.slice(shape.indexOf('  who waits for whom:') + 1).slice(0, 4)).toEqual([
      '    task 2 "echo" has the thread',
      '      task 3 "client" waits for task 2 "echo"',
      '        task 1 "main" waits for task 3 "client"',
      '      task 4 "sender" is ready, and needs the thread',
    ]);
  });

  test('sees a thread that is recorded with this one, where its function holds other tasks up', async () => {
    const { stderr } = await runHanging(
      `
      watchdog({ limitMs: 100 });
      const path = process.argv.at(-1);
      await thread.builder({ name: 'far' }).spawn(async (path) => {
        const { existsSync } = await import('node:fs');
        const { spawn, yieldNow } = await import('@heddle/runtime');
        spawn(function* held() { for (;;) yield* yieldNow(); });
        await yieldNow();
        while (!existsSync(path));
      }, path);
      `,
      REPORTED,
    );
    expect(shapeOf(stderr)[0]).toBe(
      'heddle: task 1 "far" on thread "far" has not come back from a poll for # ms',
    );
  });

  test('says nothing of a program that gives way, nor of functions that threads were started for', async () => {
    const { stderr, status } = await runHanging(
      `
      watchdog();
      const wait = () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); return 'done'; };
      const handles = [thread.spawn(wait), spawnBlocking(wait)];
      for (let n = 0; n < 50; n += 1) await sleep(10);
      for (const handle of handles) if ((await handle).ok !== true) process.exitCode = 1;
      `,
      /^$/,
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('watches by the recording that runs, says nothing once it was stopped, and keeps no program alive', async () => {
    const { stderr, status } = await runHanging(
      `
      const recording = record();
      const dog = watchdog({ limitMs: 20 });
      let refused;
      try { watchdog(); } catch (error) { refused = error.message; }
      dog.stop();
      dog.stop();
      await spawn(() => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500); });
      const isRecorded = recording.stop().events.some(({ k }) => k === 'poll');
      watchdog();
      process.exitCode = isRecorded && refused?.startsWith('watchdog: this thread has') ? 0 : 1;
      `,
      /^$/,
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});

/** The lines, without what differs from run to run: times, and the place of a spawn. */
function shapeOf(stderr: string): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/, spawned at .*/, '')
        .replace(/\b\d+ ms|(?<=for )\d+/g, (time) => (time.endsWith('ms') ? '# ms' : '#')),
    );
}
