import type { MessagePort } from 'node:worker_threads';
import { type Waiter, WaiterList } from '../../sync/waiter-list.js';
import { leaveAll } from '../../wire/movable-class.js';
import type { ReadyValue } from '../../wire/send-value.js';
import { Bell, type BellListener } from './bell.js';
import type { ChannelWords } from './channel-words.js';
import type { Companion } from './companion.js';

/**
 * The sending side of a channel, in the thread that has it now: puts items into its port, as many as there are slots.
 *
 * A slot is set aside for who waits first, and stays free until the poll that uses it: a send that is aborted after
 * it was woken has sent nothing, and its slot goes to the next.
 */
export class SendingHalf implements BellListener {
  readonly words: ChannelWords;
  readonly data: MessagePort;
  readonly bell: Bell;
  readonly #waiting = new WaiterList();
  /** Those who wait until the receiver wants nothing more. */
  readonly #mourners = new WaiterList();
  /** Slots that belong to sends that were woken. */
  #aside = 0;
  #receiverGone = false;
  #closing = false;
  #closed = false;
  /** The other half, while it is on this thread too. */
  companion: Companion | undefined;

  constructor(words: ChannelWords, data: MessagePort, bell: MessagePort) {
    this.words = words;
    this.data = data;
    this.bell = new Bell(bell, this);
  }

  /** Slots that hold nothing and belong to nobody. */
  get free(): number {
    return this.words.capacity - this.words.inFlight - this.#aside;
  }

  /** Whether nobody will receive what is sent. */
  get isRefused(): boolean {
    return this.#receiverGone || this.words.receiverClosed;
  }

  /** Whether nothing can be sent. */
  get isClosed(): boolean {
    return this.#closing || this.#closed || this.words.senderClosed || this.isRefused;
  }

  /** Whether somebody is ahead of who comes now. */
  get hasLine(): boolean {
    return this.#waiting.first !== undefined;
  }

  get isWaitedFor(): boolean {
    return this.#waiting.first !== undefined || this.#aside > 0 || this.#mourners.first !== undefined;
  }

  /** Puts an item into a free slot. Throws what Node does when it cannot clone it: then it was not sent. */
  put({ payload, transfer, leaving }: ReadyValue): void {
    const { value } = payload;
    this.data.postMessage(typeof value === 'object' ? payload : value, transfer);
    leaveAll(leaving);
    if (this.words.sent()) this.#ring();
  }

  /** Puts an item into the slot that was set aside for it. */
  putAside(item: ReadyValue): void {
    this.#aside -= 1;
    try {
      this.put(item);
    } finally {
      this.rung();
    }
  }

  /** Blocks this thread until there is a free slot, or nothing can be sent: then it answers `false`. */
  block(): boolean {
    while (!this.isClosed) {
      if (this.free > 0) return true;
      const woken = this.words.senderBlocks(() => this.free > 0 || this.isRefused);
      if (!woken && !this.bell.isHeard()) this.gone();
    }
    return false;
  }

  wait(waiter: Waiter): void {
    this.#waiting.push(waiter);
    this.#keepAlive();
    this.rung();
  }

  leave(waiter: Waiter): void {
    if (waiter.called) {
      waiter.called = false;
      this.#aside -= 1;
    } else if (!this.#waiting.remove(waiter)) return;
    this.rung();
  }

  waitForEnd(waiter: Waiter): void {
    this.#mourners.push(waiter);
    this.#keepAlive();
    this.rung();
  }

  leaveEnd(waiter: Waiter): void {
    this.#mourners.remove(waiter);
    this.rung();
  }

  rung(): void {
    for (;;) {
      while (!this.isRefused && this.free > 0 && this.#waiting.call()) this.#aside += 1;
      if (this.#closing && this.#waiting.first === undefined && this.#aside === 0) this.#finish();
      if (this.isRefused) this.#waiting.wakeAll();
      if (this.isClosed) this.#mourners.wakeAll();
      if (this.#waiting.first === undefined && this.#mourners.first === undefined) {
        this.bell.keepAlive(false);
        return;
      }
      if (this.isRefused || this.#closed || this.words.senderWaits()) return;
    }
  }

  gone(): void {
    this.#receiverGone = true;
    this.data.close();
    this.rung();
  }

  /** The other half has left this thread: only its messages can end a wait. */
  alone(): void {
    this.companion = undefined;
    if (this.isWaitedFor) this.#keepAlive();
  }

  /** Nothing more will be sent but by those who wait already. */
  close(): void {
    if (this.#closing || this.#closed) return;
    this.#closing = true;
    this.rung();
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.words.closeSender();
    this.data.close();
    this.bell.close();
    this.companion?.gone();
  }

  #keepAlive(): void {
    this.bell.keepAlive(this.companion === undefined);
  }

  #ring(): void {
    if (this.companion === undefined) this.bell.ring();
    else this.companion.rung();
  }
}
