import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from '../contender.js';
import { xorshift } from '../work/xorshift.js';
import { Ticking } from './ticking.js';

/** Async functions and promises, without any library: what most programs use today. */
export const contender: Contender = {
  scheduler: 'user space',
  unit: 'promise',
  atOnce: Number.POSITIVE_INFINITY,

  runAll(count, steps) {
    return Promise.all(Array.from({ length: count }, (_, i) => one(i + 1, steps)));
  },

  async giveWay(count, times) {
    const yields = await Promise.all(Array.from({ length: count }, () => yielder(times)));
    return yields.reduce((sum, one) => sum + one, 0);
  },

  async converse() {
    return { roundTrips };
  },

  async tickBeside(hogs, steps, everyMs) {
    const ticking = new Ticking(everyMs);
    let ended = false;
    const ticker = (async () => {
      while (!ended) {
        await delay(ticking.untilNextMs());
        ticking.tick();
      }
    })();
    await delay(everyMs * 2);
    const values = await Promise.all(Array.from({ length: hogs }, (_, i) => one(i + 1, steps)));
    ended = true;
    await ticker;
    return { latenessMs: ticking.latenessMs, values };
  },
};

async function one(seed: number, steps: number): Promise<number> {
  return xorshift(seed, steps);
}

async function yielder(times: number): Promise<number> {
  let came = 0;
  for (let i = 0; i < times; i += 1) {
    await undefined;
    came += 1;
  }
  return came;
}

/** One message: a number, and where the answer goes. */
interface Ping {
  readonly value: number;
  readonly answer: (pong: Pong) => void;
}

interface Pong {
  readonly value: number;
  readonly nextPing: (ping: Ping) => void;
}

async function roundTrips(count: number): Promise<number> {
  let [first, sendPing] = once<Ping>();
  const other = (async () => {
    for (let i = 0; i < count; i += 1) {
      const { value, answer } = await first;
      const [next, nextPing] = once<Ping>();
      first = next;
      answer({ value: value + 1, nextPing });
    }
  })();
  let value = 0;
  for (let i = 0; i < count; i += 1) {
    const [pong, answer] = once<Pong>();
    sendPing({ value: value + 1, answer });
    const got = await pong;
    value = got.value;
    sendPing = got.nextPing;
  }
  await other;
  return value;
}

function once<T>(): [Promise<T>, (value: T) => void] {
  let send: (value: T) => void = () => {};
  const received = new Promise<T>((resolve) => {
    send = resolve;
  });
  return [received, send];
}
