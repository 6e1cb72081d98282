import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Contender } from '../contender.js';
import type { OwnCounters } from '../measure/counters.js';
import type { TripsAnswer } from './thread-bodies.js';

/** A way to run the functions of `thread-bodies.ts`, each call on an OS thread, its own or one of a pool. Ports are transferred. */
export interface Threads {
  compute(seed: number, steps: number): PromiseLike<number>;
  ping(control: MessagePort, port: MessagePort, cpus: Int32Array): PromiseLike<void>;
  pong(port: MessagePort, cpus: Int32Array): PromiseLike<void>;
  tick(control: MessagePort, everyMs: number): PromiseLike<number[]>;
  /** How many threads were started, and how many messages it took between them and this thread. */
  counters(): { readonly threads: number; readonly messages: number };
}

/** Threads cost megabytes and tens of milliseconds each. */
const AT_ONCE = 16;

/** What not all of them have. */
export interface Kind {
  /** Jobs share the threads of a pool. It has at least three, so that every unit of a conversation has one. */
  readonly unit?: 'thread' | 'job';
  readonly getReady?: (count: number) => Promise<void>;
}

/** A contender whose units run on OS threads: on one each, however it is started, or as jobs of a pool. */
export function overThreads(threads: Threads, { unit = 'thread', getReady }: Kind = {}): Contender {
  let talked: OwnCounters = {};
  const runAll = (count: number, steps: number): Promise<number[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => threads.compute(i + 1, steps)));

  return {
    scheduler: 'kernel',
    unit,
    atOnce: unit === 'thread' ? AT_ONCE : Number.POSITIVE_INFINITY,

    ...(getReady === undefined ? {} : { getReady }),

    runAll,

    giveWay: { unable: 'a thread cannot give way: Node has no sched_yield, and the kernel preempts instead' },

    async converse() {
      const between = new MessageChannel();
      const control = new MessageChannel();
      const cpus = new Int32Array(new SharedArrayBuffer(4));
      const ended = Promise.all([
        threads.ping(control.port2, between.port1, cpus),
        threads.pong(between.port2, cpus),
      ]);
      return {
        async roundTrips(count) {
          const answer = await Promise.race([ask(control.port1, count), ended]);
          if (!('value' in answer)) throw new Error('the threads ended before they answered');
          talked = answer;
          return answer.value;
        },
      };
    },

    async tickBeside(hogs, steps, everyMs) {
      const control = new MessageChannel();
      const ticker = threads.tick(control.port2, everyMs);
      await Promise.race([heard(control.port1), ticker]);
      const values = await runAll(hogs, steps);
      control.port1.postMessage('end');
      return { latenessMs: await ticker, values };
    },

    counters() {
      const { threads: started, messages } = threads.counters();
      return {
        threads: started,
        messages: messages + (talked.messages ?? 0),
        sameCpu: talked.sameCpu ?? 0,
        differentCpus: talked.differentCpus ?? 0,
      };
    },
  };
}

function ask(control: MessagePort, count: number): Promise<TripsAnswer> {
  const answer = heard(control) as Promise<TripsAnswer>;
  control.postMessage(count);
  return answer;
}

function heard(port: MessagePort): Promise<unknown> {
  return new Promise((resolve) => {
    port.once('message', resolve);
  });
}
