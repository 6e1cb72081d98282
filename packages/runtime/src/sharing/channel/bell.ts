import type { MessagePort } from 'node:worker_threads';

/** What hears a bell: one half of a channel. */
export interface BellListener {
  /** The other side has made something new, or closed. */
  rung(): void;
  /** The other side is no more: closed, garbage, or its thread has ended, however. */
  gone(): void;
}

/**
 * Wakes the other side of a channel, and hears from it: that there is something new, or that it is gone.
 *
 * It carries nothing. What is new is in the shared words and in a port of its own, which nobody listens to: a port
 * with a listener takes its messages out as they come, and they would have to be put somewhere when the end moves.
 * This one has a listener always, since that is how Node tells that the other thread has ended, in whatever way.
 */
export class Bell {
  readonly port: MessagePort;
  readonly #rung: () => void;
  readonly #gone: () => void;
  #kept = false;

  constructor(port: MessagePort, listener: BellListener) {
    this.port = port;
    this.#rung = () => listener.rung();
    this.#gone = () => listener.gone();
    port.on('message', this.#rung).on('close', this.#gone).unref();
  }

  /** Wakes the other side, if its thread comes by its event loop. Answers whether there is another side. */
  ring(): boolean {
    // Node says so, which the documentation does not: `undefined` would count as "there is".
    return (this.port.postMessage(0) as unknown) !== false;
  }

  /** Whether what it waits for keeps the process alive. */
  keepAlive(yes: boolean): void {
    if (yes === this.#kept) return;
    this.#kept = yes;
    if (yes) this.port.ref();
    else this.port.unref();
  }

  /** Hears nothing more: the port moves to another thread, or is closed. */
  deafen(): void {
    this.port.off('message', this.#rung).off('close', this.#gone);
  }

  close(): void {
    this.deafen();
    this.port.close();
  }
}
