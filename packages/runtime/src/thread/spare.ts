import type { MessagePort } from 'node:worker_threads';
import { newThread, type WorkerThread } from './worker-paths.js';

/** A thread that has never run a job, booting or booted. Keeps no process alive. */
export class Spare {
  /** Settles when it has booted, was taken or ended; rejects with why it could not boot. */
  readonly booted: Promise<void>;
  readonly #thread: WorkerThread = newThread({});
  readonly #lost: (spare: Spare) => void;
  #hasBooted = false;
  #failure: unknown;
  #resolve: () => void = () => undefined;
  #reject: (failure: unknown) => void = () => undefined;

  /** `lost` is called when the thread ends without having been taken. Throws what Node does when it has none to give. */
  constructor(lost: (spare: Spare) => void) {
    this.#lost = lost;
    this.booted = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever does not wait for it does not care.
    this.booted.catch(() => undefined);
    const { worker, port } = this.#thread;
    worker.on('error', this.#onError).on('exit', this.#onExit).unref();
    port.on('message', this.#onReady).unref();
  }

  /** Lets it keep the process alive for that long. */
  refUntilBooted(): void {
    if (!this.#hasBooted) this.#thread.worker.ref();
  }

  /** Tells it its job and gives its thread away. Throws what `tell` throws, and then it stays what it was. */
  take(tell: (port: MessagePort) => void): WorkerThread {
    const { worker, port, words } = this.#thread;
    tell(port);
    words.tell();
    worker.off('error', this.#onError).off('exit', this.#onExit).ref();
    port.off('message', this.#onReady);
    this.#resolve();
    return this.#thread;
  }

  async end(): Promise<void> {
    this.#resolve();
    await this.#thread.worker.terminate();
  }

  readonly #onReady = (): void => {
    this.#hasBooted = true;
    this.#thread.worker.unref();
    this.#resolve();
  };

  readonly #onError = (error: unknown): void => {
    this.#failure = error;
  };

  readonly #onExit = (code: number): void => {
    this.#lost(this);
    this.#thread.port.close();
    this.#reject(
      this.#failure ??
        new Error(`thread.prewarm: a spare ended with exit code ${code} before it had booted.`),
    );
  };
}
