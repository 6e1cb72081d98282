import type { MessagePort } from 'node:worker_threads';
import { markOwned } from '../../task/owned.js';
import type { Task } from '../../task/task.js';
import { type Luggage, registerMovable } from '../../wire/movable-class.js';
import { ChannelWords } from './channel-words.js';
import type { Companion } from './companion.js';
import type { Halves } from './halves.js';
import { ReceivingHalf } from './receiving-half.js';
import { SendingHalf } from './sending-half.js';
import { receivers, ThreadReceiver } from './thread-receiver.js';
import { senders, ThreadSender } from './thread-sender.js';

/**
 * How the ends of a channel cross to another thread: their ports are transferred, and the words shared.
 *
 * What was sent and not received is in the port, and goes along. Nobody may be waiting on an end that moves: who
 * waits would have to follow it.
 */
interface EndLuggage {
  readonly words: SharedArrayBuffer;
  readonly data: MessagePort;
  readonly bell: MessagePort;
}

/** What both halves have, for a move. */
interface Half extends Companion {
  readonly words: ChannelWords;
  readonly data: MessagePort;
  readonly bell: { readonly port: MessagePort; deafen(): void };
  readonly isWaitedFor: boolean;
  companion: Companion | undefined;
}

registerMovable(ThreadSender, 'heddle.ThreadSender', {
  pack: (sender) => pack(senders, sender, 'a send()'),
  leave: (sender) => leave(senders, sender),
  arrive(sender) {
    const { words, data, bell } = unpack(sender);
    senders.hold(sender, new SendingHalf(words, data, bell));
    belongs(sender as ThreadSender<unknown>);
  },
});

registerMovable(ThreadReceiver, 'heddle.ThreadReceiver', {
  pack: (receiver) => pack(receivers, receiver, 'a recv()'),
  leave: (receiver) => leave(receivers, receiver),
  arrive(receiver) {
    const { words, data, bell } = unpack(receiver);
    receivers.hold(receiver, new ReceivingHalf(words, data, bell));
    belongs(receiver as ThreadReceiver<unknown>);
  },
});

/** From now on, passing `end` to a task makes it that task's: closed when it settles, unless the task returned it. */
export function belongs(end: ThreadSender<unknown> | ThreadReceiver<unknown>): void {
  let owner: Task<unknown> | undefined;
  markOwned(end, (task) => {
    owner = task;
    task.afterwards(() => {
      if (owner === task && !wasReturned(end, task)) end[Symbol.dispose]();
    });
  });
}

function wasReturned(end: object, { outcome }: Task<unknown>): boolean {
  if (outcome?.ok !== true || typeof outcome.value !== 'object' || outcome.value === null) return false;
  return outcome.value === end || Object.values(outcome.value).includes(end);
}

function pack(halves: Halves<Half>, end: object, waiting: string): Luggage | string {
  const half = halves.ifHere(end);
  if (half === undefined) return ': it has moved before';
  if (half.isWaitedFor) return ` while ${waiting} waits on it`;
  const { words, data, bell } = half;
  const content: EndLuggage = { words: words.buffer, data, bell: bell.port };
  return { content, ports: [data, bell.port] };
}

function leave(halves: Halves<Half>, end: object): void {
  const half = halves.ifHere(end);
  halves.moved(end);
  half?.bell.deafen();
  half?.companion?.alone();
}

function unpack(end: object): { words: ChannelWords; data: MessagePort; bell: MessagePort } {
  const { words, data, bell } = end as EndLuggage;
  for (const key of ['words', 'data', 'bell']) Reflect.deleteProperty(end, key);
  return { words: ChannelWords.of(words), data, bell };
}
