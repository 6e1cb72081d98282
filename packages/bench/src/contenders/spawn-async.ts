import { Runtime, sleep, spawn, yieldNow } from '@heddle/runtime';
import { type OneshotSender, oneshot } from '@heddle/runtime/sync';
import type { Contender } from '../contender.js';
import { xorshift } from '../work/xorshift.js';
import { Ticking } from './ticking.js';

/** heddle's tasks as most people write them: async functions, whose awaits of ours pass through its scheduler. */
export const contender: Contender = {
  scheduler: 'user space',
  unit: 'task',
  atOnce: Number.POSITIVE_INFINITY,

  async runAll(count, steps) {
    const all = await spawn(async () => {
      const handles = Array.from({ length: count }, (_, i) => spawn(one, i + 1, steps));
      const values: number[] = [];
      for (const handle of handles) values.push((await handle).unwrap());
      return values;
    });
    return all.unwrap();
  },

  async giveWay(count, times) {
    const all = await spawn(async () => {
      const handles = Array.from({ length: count }, () => spawn(yielder, times));
      let yields = 0;
      for (const handle of handles) yields += (await handle).unwrap();
      return yields;
    });
    return all.unwrap();
  },

  async converse() {
    return { roundTrips: async (count) => (await spawn(pinger, count)).unwrap() };
  },

  async tickBeside(hogs, steps, everyMs) {
    const ticking = new Ticking(everyMs);
    let ended = false;
    const ticker = spawn(async () => {
      while (!ended) {
        await sleep(ticking.untilNextMs());
        ticking.tick();
      }
    });
    const computed = await spawn(async () => {
      await sleep(everyMs * 2);
      const handles = Array.from({ length: hogs }, (_, i) => spawn(one, i + 1, steps));
      const values: number[] = [];
      for (const handle of handles) values.push((await handle).unwrap());
      return values;
    });
    ended = true;
    (await ticker).unwrap();
    return { latenessMs: ticking.latenessMs, values: computed.unwrap() };
  },

  counters() {
    const { pollCount, turnCount } = Runtime.current().metrics();
    return { polls: pollCount, turns: turnCount };
  },
};

async function one(seed: number, steps: number) {
  return xorshift(seed, steps);
}

async function yielder(times: number) {
  let came = 0;
  for (let i = 0; i < times; i += 1) {
    await yieldNow();
    came += 1;
  }
  return came;
}

/** One message: a number, and where the answer goes. */
interface Ping {
  readonly value: number;
  readonly answer: OneshotSender<Pong>;
}

interface Pong {
  readonly value: number;
  readonly nextPing: OneshotSender<Ping>;
}

async function pinger(count: number) {
  let [sendPing, firstPing] = oneshot<Ping>();
  const ponger = spawn(async () => {
    let receivePing = firstPing;
    for (let i = 0; i < count; i += 1) {
      const { value, answer } = await receivePing.recv();
      const [nextPing, receiveNext] = oneshot<Ping>();
      receivePing = receiveNext;
      answer.send({ value: value + 1, nextPing });
    }
  });
  let value = 0;
  for (let i = 0; i < count; i += 1) {
    const [answer, pong] = oneshot<Pong>();
    sendPing.send({ value: value + 1, answer });
    const got = await pong.recv();
    value = got.value;
    sendPing = got.nextPing;
  }
  (await ponger).unwrap();
  return value;
}
