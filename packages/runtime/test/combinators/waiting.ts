import { type JoinHandle, type Op, sleep } from '@heddle/runtime';
import type { ManualHost } from '@heddle/runtime/testing';
import { byHand } from '../by-hand.js';

/** The places where an operation may be waited for. */
export const places = ['a generator task', 'an async task', 'no task'] as const;
type Place = (typeof places)[number];

/** How waiting for an operation ended. A throw is an outcome here, so that nobody has to catch it in time. */
type Ended<T> = { readonly value: T } | { readonly thrown: unknown };

/** A runtime turned by hand, and the means to wait for an operation in one place or another. */
export interface Scene {
  readonly host: ManualHost;
  readonly spawn: ReturnType<typeof byHand>['spawn'];
  readonly runtime: ReturnType<typeof byHand>['runtime'];
  /** What happened, in order. */
  readonly lines: string[];
  /** Waits for the operation that `make` makes in that place. */
  wait<T>(place: Place, make: () => Op<T>): Promise<Ended<T>>;
  /** A task that ends after `ms`: time that passes by hand for whoever waits outside any task, too. */
  endsAfter<T>(ms: number, value: T): JoinHandle<T>;
}

export function scene(options: Parameters<typeof byHand>[0] = {}): Scene {
  const { host, runtime, spawn } = byHand(options);
  const wait = async <T>(place: Place, make: () => Op<T>): Promise<Ended<T>> => {
    if (place === 'no task') {
      try {
        return { value: await make() };
      } catch (thrown) {
        return { thrown };
      }
    }
    const inGenerator = function* () {
      return { value: yield* make() };
    };
    const inAsync = async () => ({ value: await make() });
    const result = await (place === 'a generator task' ? spawn(inGenerator) : spawn(inAsync));
    return result.ok
      ? result.value
      : { thrown: result.error.isPanic() ? result.error.intoPanic() : result.error };
  };
  const endsAfter = <T>(ms: number, value: T): JoinHandle<T> =>
    spawn(function* () {
      yield* sleep(ms);
      return value;
    });
  return { host, runtime, spawn, lines: [], wait, endsAfter };
}
