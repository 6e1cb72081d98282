/** Packages whose own declarations cannot be found by their exports: what is used of them here. */

declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { MessagePort, Worker } from 'node:worker_threads';
  import type { Endpoint } from 'comlink';

  const nodeEndpoint: (worker: Worker | MessagePort) => Endpoint;

  // biome-ignore lint/style/noDefaultExport: this is how the package exports it.
  export { nodeEndpoint as default };
}

declare module 'threads' {
  import type { WorkerOptions } from 'node:worker_threads';
  export class Worker {
    constructor(path: string, options?: WorkerOptions);
  }
  export function spawn<Exposed>(worker: Worker): Promise<Exposed>;
  export function Pool<Thread>(start: () => Promise<Thread>, size: number): ThreadPool<Thread>;
  interface ThreadPool<Thread> {
    queue<T>(task: (thread: Thread) => Promise<T>): PromiseLike<T> & { cancel(): void };
    terminate(force?: boolean): Promise<void>;
  }
}

declare module 'threads/worker' {
  export function expose(exposed: object): void;
}
