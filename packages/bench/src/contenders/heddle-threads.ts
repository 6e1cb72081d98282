import { move, tasksFrom, thread } from '@heddle/runtime';
import type { Threads } from './over-threads.js';

const bodies = tasksFrom<typeof import('./thread-bodies.js')>(new URL('./thread-bodies.js', import.meta.url));

/** heddle's OS threads: the kernel decides, behind the same handle. */
export const heddleThreads: Threads = {
  async compute(seed, steps) {
    return (await thread.spawn(bodies.compute, seed, steps)).unwrap();
  },
  async ping(control, port, cpus) {
    (await thread.spawn(bodies.ping, move(control), move(port), cpus)).unwrap();
  },
  async pong(port, cpus) {
    (await thread.spawn(bodies.pong, move(port), cpus)).unwrap();
  },
  async tick(control, everyMs) {
    return (await thread.spawn(bodies.tick, move(control), everyMs)).unwrap();
  },
  counters() {
    const { threadsStarted, messagesSent, messagesReceived } = thread.metrics();
    return { threads: threadsStarted, messages: messagesSent + messagesReceived };
  },
};
