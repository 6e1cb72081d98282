import { startTimeout } from '../base/timeout.js';
import { BlockingPool } from '../pool/blocking-pool.js';
import type { PoolSize } from '../pool/pool-options.js';

/** Where a runtime has its blocking pool, which is made for the first job. */
export class BlockingHome {
  readonly #size: PoolSize;
  /** Whether each spawn notes where it was called. */
  readonly debug: boolean;
  #pool: BlockingPool | undefined;
  #closedBecause: string | undefined;

  constructor(size: PoolSize, debug: boolean) {
    this.#size = size;
    this.debug = debug;
  }

  /** Why it takes no more jobs, where it does not. */
  get closedBecause(): string | undefined {
    return this.#closedBecause;
  }

  get pool(): BlockingPool {
    this.#pool ??= new BlockingPool(this.#size);
    return this.#pool;
  }

  /** The pool, where there has been a job. */
  get made(): BlockingPool | undefined {
    return this.#pool;
  }

  /** Aborts all jobs, and ends the threads when they have settled; after `timeoutMs` whatever their grace. */
  async shutdown(timeoutMs: number, because: string): Promise<void> {
    this.#closedBecause ??= because;
    const pool = this.#pool;
    if (pool === undefined) return;
    const cancel = startTimeout(timeoutMs, () => pool.endNow());
    await pool.endJobs(because);
    cancel();
    await pool.end();
  }
}
