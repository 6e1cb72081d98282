import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type Waiter, WaiterList } from '../../sync/waiter-list.js';
import type { Payload } from '../../wire/payload.js';
import { receiveValue } from '../../wire/receive-value.js';
import { Bell, type BellListener } from './bell.js';
import type { ChannelWords } from './channel-words.js';
import type { Companion } from './companion.js';

/**
 * The receiving side of a channel, in the thread that has it now: takes items out of its port, one for each receive.
 *
 * Items stay in the port until the poll that uses one. So a receive that is aborted after it was woken has taken
 * nothing, and when the end moves to another thread they move with its port. Who waits first is served first: an item
 * is set aside for it before anybody who comes later may look.
 */
export class ReceivingHalf implements BellListener {
  readonly words: ChannelWords;
  readonly data: MessagePort;
  readonly bell: Bell;
  readonly #waiting = new WaiterList();
  /** Items that belong to receives that were woken. */
  #aside = 0;
  #senderGone = false;
  #closed = false;
  /** The other half, while it is on this thread too. */
  companion: Companion | undefined;

  constructor(words: ChannelWords, data: MessagePort, bell: MessagePort) {
    this.words = words;
    this.data = data;
    this.bell = new Bell(bell, this);
  }

  /** Items that are here and belong to nobody yet. */
  get free(): number {
    return this.size - this.#aside;
  }

  get size(): number {
    return this.#closed ? 0 : this.words.inFlight;
  }

  /** Whether nothing will come beyond what is here. */
  get isOver(): boolean {
    return this.#senderGone || this.#closed || this.words.senderClosed || this.words.receiverClosed;
  }

  get isDrained(): boolean {
    return this.isOver && this.size === 0;
  }

  /** Whether somebody is ahead of who comes now. */
  get hasLine(): boolean {
    return this.#waiting.first !== undefined;
  }

  get isWaitedFor(): boolean {
    return this.#waiting.first !== undefined || this.#aside > 0;
  }

  /** Takes the first item, one being free. Throws what Node does when it cannot read it. */
  take(): unknown {
    try {
      const { message } = receiveMessageOnPort(this.data) as { message: unknown };
      return typeof message === 'object' ? receiveValue(message as Payload) : message;
    } finally {
      if (this.words.taken()) this.#ring();
      if (this.isDrained) this.finish();
    }
  }

  /** Takes the item that was set aside. */
  takeAside(): unknown {
    this.#aside -= 1;
    return this.take();
  }

  /** Blocks this thread until an item is there, or none will come: then it answers `false`. */
  block(): boolean {
    while (this.free <= 0) {
      if (this.isDrained) return false;
      const woken = this.words.receiverBlocks(() => this.free > 0 || this.isOver);
      if (!woken && !this.bell.isHeard()) this.gone();
    }
    return true;
  }

  wait(waiter: Waiter): void {
    this.#waiting.push(waiter);
    this.bell.keepAlive(this.companion === undefined);
    this.rung();
  }

  leave(waiter: Waiter): void {
    if (waiter.called) {
      waiter.called = false;
      this.#aside -= 1;
    } else if (!this.#waiting.remove(waiter)) return;
    this.rung();
  }

  rung(): void {
    for (;;) {
      while (this.free > 0 && this.#waiting.call()) this.#aside += 1;
      if (this.#waiting.first === undefined) {
        this.bell.keepAlive(false);
        return;
      }
      if (this.isDrained) {
        this.#waiting.wakeAll();
        return;
      }
      if (this.isOver || this.words.receiverWaits()) return;
    }
  }

  gone(): void {
    this.#senderGone = true;
    if (this.isDrained) this.finish();
    else this.rung();
  }

  /** The other half has left this thread: only its messages can end a wait. */
  alone(): void {
    this.companion = undefined;
    if (this.#waiting.first !== undefined) this.bell.keepAlive(true);
  }

  /** Wants nothing more. What was sent can still be taken. */
  close(): void {
    if (this.#closed || this.words.receiverClosed) return;
    if (this.words.closeReceiver()) this.#ring();
    if (this.isDrained) this.finish();
    else this.rung();
  }

  /** Has come to its end: nothing is here and nothing will be. */
  finish(): void {
    if (this.#closed) return;
    if (this.words.closeReceiver()) this.#ring();
    this.#closed = true;
    this.data.close();
    this.bell.close();
    this.companion?.gone();
    this.rung();
  }

  #ring(): void {
    if (this.companion === undefined) this.bell.ring();
    else this.companion.rung();
  }
}
