import { MessageChannel, type MessagePort } from 'node:worker_threads';

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

  /** Wakes the other side, which hears it when its thread comes by its event loop. */
  ring(): void {
    this.port.postMessage(0);
  }

  /**
   * Whether there is another side. For a blocked thread, which hears no event, the only way to know.
   *
   * Node answers so, which its documentation does not say: `true`, or `false` when the other port is no more, or
   * nothing when this one has been closed for that reason. Were an answer to come to mean something else, a blocked
   * thread would wait on, and be told by an end that is closed in order.
   */
  isHeard(): boolean {
    return post(this.port) === true || !answers();
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

/** Whether Node says that a message has found a port. Asked once. */
function answers(): boolean {
  if (known === undefined) {
    const { port1, port2 } = new MessageChannel();
    known = post(port1) === true;
    port1.close();
    port2.close();
  }
  return known;
}

let known: boolean | undefined;

function post(port: MessagePort): unknown {
  return port.postMessage(0) as unknown;
}
