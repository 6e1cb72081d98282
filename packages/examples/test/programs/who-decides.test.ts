import { main } from '@heddle/runtime';
import { beforeAll, expect, test } from 'vitest';
import { program } from '../../src/who-decides/main.js';
import { expectedTranscript, Transcript } from './transcript.js';

const { platform } = process;
const transcript = new Transcript();

// Eight threads take their time where other programs keep the machine busy.
beforeAll(() => main(() => program(transcript.print)), 60_000);

/** The order of steps on each line about threads: the kernel's, another one in each run. */
function threadOrders(): string[] {
  return transcript.lines.flatMap((line) => /^threads.*: (.*)$/.exec(line)?.[1] ?? []);
}

function osThreadIds(start: RegExp): number[] {
  return transcript.lines
    .filter((line) => start.test(line))
    .map((line) => Number(/OS thread (\d+)/.exec(line)?.[1]));
}

test('the policy orders the tasks: last in, first out is the other way round', () => {
  const text = transcript.toString().replaceAll(/^(threads.*: ).*$/gm, '$1…');
  const expected = expectedTranscript('who-decides');
  expect(text).toBe(platform === 'linux' ? expected : expected.replaceAll(/: N voluntary.*/g, ''));
});

test('whatever the order of the threads, each does its own steps in theirs', () => {
  expect(threadOrders()).toHaveLength(2);
  for (const order of threadOrders()) {
    const steps = order.split(' ');
    expect(steps).toHaveLength(12);
    for (const name of 'ABCD') {
      expect(steps.filter((step) => step.startsWith(name))).toEqual([`${name}1`, `${name}2`, `${name}3`]);
    }
  }
});

test.skipIf(platform !== 'linux')(
  'on Linux, which tells ids: tasks share a thread, threads share none',
  () => {
    expect(osThreadIds(/^ {2}all on/)).toEqual([process.pid, process.pid]);
    const ids = osThreadIds(/^ {2}[ABCD] on/);
    expect(ids).toHaveLength(8);
    expect(new Set([process.pid, ...ids]).size).toBe(9);
  },
);
