import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { currentCpu } from '../measure/current-cpu.js';
import { xorshift } from '../work/xorshift.js';
import { Ticking } from './ticking.js';

/** What runs in the threads of every contender that has threads: the same module for all. */

/** Computes one value. */
export function compute(seed: number, steps: number): number {
  return xorshift(seed, steps);
}

/** What `ping` answers when it was asked for some round trips: the last value, and what it has counted so far. */
export interface TripsAnswer {
  readonly value: number;
  readonly messages: number;
  readonly sameCpu: number;
  readonly differentCpus: number;
}

/** Every so many round trips both threads look at which CPU they are on. A look takes as long as a message. */
const LOOK_EVERY = 256;

/** Makes round trips with `pong`, as many at a time as `control` asks for, until `control` is closed. */
export function ping(control: MessagePort, port: MessagePort, cpus: Int32Array): Promise<void> {
  let left = 0;
  let messages = 0;
  let sameCpu = 0;
  let differentCpus = 0;
  port.on('message', (value: number) => {
    messages += 1;
    if (isLook(left)) {
      const cpu = currentCpu();
      if (cpu !== undefined && cpu === Atomics.load(cpus, 0)) sameCpu += 1;
      else if (cpu !== undefined) differentCpus += 1;
    }
    left -= 1;
    if (left === 0) {
      control.postMessage({ value, messages, sameCpu, differentCpus } satisfies TripsAnswer);
      return;
    }
    messages += 1;
    port.postMessage(isLook(left) ? -(value + 1) : value + 1);
  });
  control.on('message', (count: number) => {
    left = count;
    messages += 1;
    port.postMessage(isLook(left) ? -1 : 1);
  });
  return new Promise((end) => {
    control.once('close', () => {
      port.close();
      end();
    });
  });
}

/** Whether the round trip that leaves `left - 1` is one to look at. Its number is sent negative, to tell. */
function isLook(left: number): boolean {
  return left % LOOK_EVERY === 1;
}

/** Sends back every number that it gets, one more, until `port` is closed. */
export function pong(port: MessagePort, cpus: Int32Array): Promise<void> {
  port.on('message', (value: number) => {
    if (value < 0) Atomics.store(cpus, 0, currentCpu() ?? -1);
    port.postMessage(Math.abs(value) + 1);
  });
  return new Promise((end) => {
    port.once('close', end);
  });
}

/** Ticks until `control` says so; says on `control` when it has begun, and gives how late the ticks came. */
export async function tick(control: MessagePort, everyMs: number): Promise<number[]> {
  let ended = false;
  control.once('message', () => {
    ended = true;
  });
  const ticking = new Ticking(everyMs);
  let told = false;
  while (!ended) {
    await delay(ticking.untilNextMs());
    ticking.tick();
    if (!told && ticking.latenessMs.length > 0) {
      told = true;
      control.postMessage('ticking');
    }
  }
  control.close();
  return ticking.latenessMs;
}
