import { expect, test } from 'vitest';
import { node, run } from './run-program.js';

/** What a process sees of its threads: each of these programs is a process of its own. */

test('a thread that nobody awaits keeps the process alive until it ends, and its output comes through', async () => {
  const { stdout, code } = await run('keeps-alive');
  expect([stdout, code]).toEqual(['the thread ended\nthe process ended\n', 0]);
});

test('a detached thread does not', async () => {
  const { stdout, code } = await run('detached');
  expect([stdout, code]).toEqual(['the process ended\n', 0]);
});

test('no port, timer or worker is left when a handle has settled', async () => {
  const { stdout } = await run('leaves-nothing');
  const [before, after, alive] = JSON.parse(stdout) as [string[], string[], number];
  expect(after).toEqual(before);
  expect(alive).toBe(0);
});

test('a thread that crashes or panics is reported once, with its spawn site, and the process goes on', async () => {
  const { stdout, stderr, code } = await run('crashes');
  expect([stdout, code]).toEqual(['panic\n', 0]);
  const lines = stderr.split('\n').filter((line) => line.startsWith('heddle:'));
  expect(lines.sort()).toEqual([
    expect.stringMatching(
      /^heddle: task 1 crashed: its thread ended with an uncaught exception: late \(named "doomed", spawned at .*crashes\.mjs:3:\d+\)$/,
    ),
    expect.stringMatching(
      /^heddle: task 2 panicked with message "boom" \(spawned at .*crashes\.mjs:9:\d+\)$/,
    ),
  ]);
});

test('the end of main ends the threads that are left, with their grace', async () => {
  const { stdout } = await run('main-ends');
  expect(stdout).toBe('2 task N was cancelled: main ended\n');
});

test('a program given to node on its command line can have threads', async () => {
  const program = `
    import { thread } from '@heddle/runtime';
    console.log((await thread.spawn((n) => n + 1, 1)).unwrap());`;
  const { stdout } = await node('--input-type=module', '--eval', program);
  expect(stdout).toBe('2\n');
});
