import { JoinSet, sleep } from '@heddle/runtime';
import { byHand } from '../by-hand.js';

/** A set whose tasks run by hand, and a task in it that ends after `ms`. */
export function setByHand() {
  const { host, spawn } = byHand();
  const set = new JoinSet<string>();
  const add = (ms: number, value: string) =>
    set.spawnOn(spawn, function* () {
      yield* sleep(ms);
      return value;
    });
  return { host, spawn, set, add };
}
