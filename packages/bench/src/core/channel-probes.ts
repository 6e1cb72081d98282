import { spawn } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { expectAnswer } from '../work/expect-answer.js';
import { nsEach, type Probe } from './probe.js';
import { PromiseChannel } from './promise-channel.js';

const TRIPS = 20_000;
const MESSAGES = 50_000;
const STREAM_CAPACITY = 128;

/** Two generator tasks that send a number to and fro over channels of one place: time for a round trip. */
export function channelPingPong(name: string): Probe {
  const run = async (): Promise<number> => {
    const [tx, rx] = mpsc.channel<number>(1);
    const [backTx, backRx] = mpsc.channel<number>(1);
    const ponger = spawn(function* () {
      for (let i = 0; i < TRIPS; i += 1) yield* backTx.send(((yield* rx.recv()) ?? 0) + 1);
    });
    const pinger = await spawn(function* () {
      const startedAtMs = performance.now();
      let value = 0;
      for (let i = 0; i < TRIPS; i += 1) {
        yield* tx.send(value + 1);
        value = (yield* backRx.recv()) ?? 0;
      }
      const sample = nsEach(startedAtMs, TRIPS);
      expectAnswer(name, value, 2 * TRIPS);
      return sample;
    });
    (await ponger).unwrap();
    return pinger.unwrap();
  };
  return { name, run };
}

/** One generator task sends, another receives, 128 places between them: time for a message. */
export function channelStream(name: string): Probe {
  const run = async (): Promise<number> => {
    const [tx, rx] = mpsc.channel<number>(STREAM_CAPACITY);
    const sender = spawn(function* () {
      for (let i = 0; i < MESSAGES; i += 1) yield* tx.send(i);
      tx.close();
    });
    const receiver = await spawn(function* () {
      const startedAtMs = performance.now();
      let count = 0;
      while ((yield* rx.recv()) !== undefined) count += 1;
      const sample = nsEach(startedAtMs, MESSAGES);
      expectAnswer(name, count, MESSAGES);
      return sample;
    });
    (await sender).unwrap();
    return receiver.unwrap();
  };
  return { name, run };
}

/** The same between two async functions, over a channel made of promises. */
export function promisePingPong(name: string): Probe {
  const run = async (): Promise<number> => {
    const there = new PromiseChannel<number>(1);
    const back = new PromiseChannel<number>(1);
    const ponger = (async () => {
      for (let i = 0; i < TRIPS; i += 1) await back.send((await there.recv()) + 1);
    })();
    const startedAtMs = performance.now();
    let value = 0;
    for (let i = 0; i < TRIPS; i += 1) {
      await there.send(value + 1);
      value = await back.recv();
    }
    const sample = nsEach(startedAtMs, TRIPS);
    expectAnswer(name, value, 2 * TRIPS);
    await ponger;
    return sample;
  };
  return { name, run };
}

/** The same between two async functions, over a channel made of promises. */
export function promiseStream(name: string): Probe {
  const run = async (): Promise<number> => {
    const channel = new PromiseChannel<number>(STREAM_CAPACITY);
    const sender = (async () => {
      for (let i = 0; i < MESSAGES; i += 1) await channel.send(i);
    })();
    const startedAtMs = performance.now();
    let sum = 0;
    for (let i = 0; i < MESSAGES; i += 1) sum += await channel.recv();
    const sample = nsEach(startedAtMs, MESSAGES);
    expectAnswer(name, sum, (MESSAGES * (MESSAGES - 1)) / 2);
    await sender;
    return sample;
  };
  return { name, run };
}
