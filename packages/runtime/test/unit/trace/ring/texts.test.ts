import { expect, it } from 'vitest';
import { readText, TextWriter } from '../../../../src/trace/ring/texts.js';

it('waits that differ in a number alone share a text once there are many, and leave room for names and marks', () => {
  const bytes = Buffer.alloc(4096);
  let lost = 0;
  const texts = new TextWriter(
    bytes,
    () => undefined,
    () => (lost += 1),
  );
  const waits = Array.from({ length: 1000 }, (_, at) => texts.waitOf(`sleep(${at}.5e-7)`));
  expect(readText(bytes, waits[0] ?? 0)).toBe('sleep(0.5e-7)');
  expect(readText(bytes, waits.at(-1) ?? 0)).toBe('sleep(…)');
  expect(lost).toBeGreaterThan(0);
  const before = lost;
  expect(readText(bytes, texts.numberOf('a name'))).toBe('a name');
  expect(readText(bytes, texts.waitOf('receiver.recv()'))).toBe('receiver.recv()');
  expect(lost).toBe(before);
  for (let at = 0; at < 1000; at += 1) texts.numberOf(`name ${at}`);
  expect(readText(bytes, texts.numberOf('another'))).toBe('…');
  expect(readText(bytes, texts.markOf('barrier'))).toBe('barrier');
});
