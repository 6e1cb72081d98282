import { type AbortHandle, JoinSet, type Runtime, sleep } from '@heddle/runtime';
import type { ManualHost } from '@heddle/runtime/testing';
import { byHand } from '../by-hand.js';

/** A set whose tasks run by hand, and a task in it that ends after `ms`. */
export function setByHand(): {
  readonly host: ManualHost;
  readonly spawn: Runtime['spawn'];
  readonly set: JoinSet<string>;
  add(ms: number, value: string): AbortHandle;
} {
  const { host, spawn } = byHand();
  const set = new JoinSet<string>();
  const add = (ms: number, value: string) =>
    set.spawnOn(spawn, function* () {
      yield* sleep(ms);
      return value;
    });
  return { host, spawn, set, add };
}
