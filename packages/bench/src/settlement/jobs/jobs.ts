import { setTimeout as delay } from 'node:timers/promises';
import { OrderError } from './order-error.js';

/**
 * What runs in the threads of every spawner: the same functions for all, each with one argument.
 *
 * They use nothing of any library. `words` is shared memory: `words[0]` says that the job has begun, and
 * `words[1]` moves for as long as it runs.
 */

/** Gives its argument back. */
export function ok(value: unknown): unknown {
  return value;
}

/** Stays for a while without using the CPU, then gives `value`. */
export async function stay({ words, ms, value }: Stay): Promise<number> {
  Atomics.store(words, 0, 1);
  await delay(ms);
  return value;
}

/** Uses the CPU for a while and lets nobody else run on its thread, then gives `value`. */
export function burn({ words, ms, value }: Stay): number {
  Atomics.store(words, 0, 1);
  const endsAtMs = Date.now() + ms;
  while (Date.now() < endsAtMs) Atomics.add(words, 1, 1);
  return value;
}

export interface Stay {
  readonly words: Int32Array;
  readonly ms: number;
  readonly value: number;
}

/** Waits for as many others as `of` says, each on a place of its own, and gives whether they came. */
export async function meet({ words, of }: { words: Int32Array; of: number }): Promise<boolean> {
  Atomics.add(words, 0, 1);
  for (let looks = 0; Atomics.load(words, 0) < of && looks < 6_000; looks += 1) await delay(5);
  return Atomics.load(words, 0) >= of;
}

/** Goes on for a minute, asynchronously. */
export async function wait(words: Int32Array): Promise<void> {
  Atomics.store(words, 0, 1);
  for (let beat = 0; beat < 12_000; beat += 1) {
    Atomics.add(words, 1, 1);
    await delay(5);
  }
}

/** Goes on for ever, and never gives up its thread. */
export function spin(words: Int32Array): void {
  Atomics.store(words, 0, 1);
  for (;;) Atomics.add(words, 1, 1);
}

export function throwError(): never {
  throw new Error('boom');
}

export function throwOwnClass(): never {
  throw new OrderError(42, ['loom', 'yarn']);
}

export function throwAggregate(): never {
  throw new AggregateError([new TypeError('first'), new RangeError('second')], 'both failed');
}

export function throwDomException(): never {
  throw new DOMException('too late', 'TimeoutError');
}

export function throwString(): never {
  throw 'just a string';
}

export function throwObject(): never {
  throw { code: 'E_PLAIN', detail: [1, 2] };
}

export function throwUndefined(): never {
  throw undefined;
}

export async function reject(): Promise<never> {
  await delay(1);
  throw Object.assign(new RangeError('rejected'), { code: 'E_REJECTED' });
}

export async function exit(code: number): Promise<void> {
  process.exit(code);
}

export function exhaustMemory(): number {
  const kept: unknown[] = [];
  for (;;) kept.push({ n: kept.length, more: [kept.length] });
}

/** Throws where nobody can catch it, while it still waits. */
export async function throwLate(): Promise<void> {
  setTimeout(() => {
    throw new Error('late boom');
  }, 20);
  await delay(600);
}

/** Throws where nobody can catch it, after it has given `value`. */
export async function throwAfterwards(value: number): Promise<number> {
  setTimeout(() => {
    throw new Error('late boom');
  }, 50);
  return value;
}

export async function rejectUnhandled(): Promise<void> {
  void Promise.reject(new Error('lost boom'));
  await delay(600);
}

export function giveFunction(): unknown {
  return { rows: [{ parse: () => 1 }] };
}
