import { MessageChannel, MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { PreparedJob } from '../wire/job.js';
import { luggagePorts } from '../wire/movable-class.js';
import type { Transferred } from '../wire/payload.js';

/**
 * A job that waits for a thread, and has ports in it: they wait inside a message that nobody has taken out yet.
 *
 * A port is closed when the one at the other end is, with all that it holds. One that is on its way is not: it
 * arrives, gives what it holds, and is closed then. So a channel's end loses nothing because no thread was free.
 */
export class InTransit {
  readonly #job: PreparedJob;
  readonly #channel = new MessageChannel();
  readonly #inLuggage: readonly boolean[];

  private constructor(job: PreparedJob) {
    const { fn: _, ...rest } = job.message;
    this.#job = job;
    this.#inLuggage = job.transfer.map((item) => luggagePorts.has(item));
    this.#channel.port1.postMessage([rest, job.transfer], [...job.transfer]);
  }

  /** Puts a job on its way; `undefined` for one without a port, which can wait as it is. */
  static of(job: PreparedJob): InTransit | undefined {
    return job.transfer.some((item) => item instanceof MessagePort) ? new InTransit(job) : undefined;
  }

  /** Takes it out again, once. */
  arrive(): PreparedJob {
    const { port1, port2 } = this.#channel;
    const arrived = receiveMessageOnPort(port2) as unknown as Arrived;
    const [rest, transfer] = arrived.message;
    port1.close();
    this.#inLuggage.forEach((was, at) => {
      if (was) luggagePorts.add(transfer[at]!);
    });
    return { ...this.#job, message: { ...rest, fn: this.#job.message.fn }, transfer };
  }
}

interface Arrived {
  readonly message: readonly [rest: Omit<PreparedJob['message'], 'fn'>, transfer: readonly Transferred[]];
}
