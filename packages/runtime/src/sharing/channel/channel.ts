import { MessageChannel } from 'node:worker_threads';
import { checkCount } from '../../base/check-count.js';
import { checkOptionKeys } from '../../base/check-option-keys.js';
import { ChannelWords } from './channel-words.js';
import { belongs } from './crossing.js';
import { ReceivingHalf } from './receiving-half.js';
import { SendingHalf } from './sending-half.js';
import { ThreadReceiver } from './thread-receiver.js';
import { ThreadSender } from './thread-sender.js';

/** What a `thread.channel` is made with. */
export interface ChannelOptions {
  /** How many items it holds at most, sent and not received: from 1 to 2 ** 31 - 1. */
  readonly capacity: number;
}

/** Makes a channel between two threads. Its description is with `thread.channel`. */
export function channel<T>(options: ChannelOptions): [ThreadSender<T>, ThreadReceiver<T>] {
  checkOptionKeys('thread.channel', options, KNOWN);
  checkCount('thread.channel', 'capacity', options.capacity, 1);
  const words = ChannelWords.make(options.capacity);
  const data = new MessageChannel();
  const bells = new MessageChannel();
  const sending = new SendingHalf(words, data.port1, bells.port1);
  const receiving = new ReceivingHalf(words, data.port2, bells.port2);
  sending.companion = receiving;
  receiving.companion = sending;
  const sender = new ThreadSender<T>(sending);
  const receiver = new ThreadReceiver<T>(receiving);
  belongs(sender as ThreadSender<unknown>);
  belongs(receiver as ThreadReceiver<unknown>);
  return [sender, receiver];
}

const KNOWN: ReadonlySet<string> = new Set<keyof ChannelOptions>(['capacity']);
