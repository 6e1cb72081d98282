import { readFileSync } from 'node:fs';
import { pictureOf, type TraceEvent } from '@heddle/runtime/trace';
import { expect, test } from 'vitest';
import { runOf } from './hand-made.js';
import { expectLaws } from './picture-laws.js';

test.each(['one-cpu', 'two-cpus'])('what a kernel really did keeps the promises too: %s', (name) => {
  const file = new URL(`../kernel/traces/${name}.events.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const raw = lines.map((line) => JSON.parse(line) as TraceEvent);
  const zeroNs = raw[0]!.t;
  const run = runOf(raw.map((event) => ({ ...event, t: event.t - zeroNs })));
  const picture = pictureOf(run);
  expectLaws(picture, run);
  const offs = raw.filter((event) => event.k === 'off' && event.why === 'preempted');
  expect(picture.threads.reduce((sum, { preemptions = 0 }) => sum + preemptions, 0)).toBe(offs.length);
});
