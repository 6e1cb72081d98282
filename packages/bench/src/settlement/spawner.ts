import type { JobName } from './jobs/job-name.js';

/**
 * One way to run jobs on threads, as far as a failure can ask for it.
 *
 * It is used as its own documentation shows, and is not told what is about to happen to it.
 */
export interface Spawner {
  /** What it has no documented way to do, and why that is so. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>;
  /** Makes a pool, or whatever stands for one. A throw or a rejection is an answer too. */
  open(setup: Setup): Jobs | Promise<Jobs>;
}

/** What not every spawner has. */
export type Feature = 'abort queued' | 'abort running' | 'memory limit' | 'shutdown';

/** What a pool is made for. */
export interface Setup {
  /** The module of the jobs: the one that works, one that does not exist, or one that throws while it loads. */
  readonly module: 'working' | 'missing' | 'broken';
  /** The limit of each thread's heap. */
  readonly heapMb?: number;
}

/** How many threads a pool has, where it can be told. */
export const THREADS = 2;

/** A pool that is open. */
export interface Jobs {
  /** Starts a job of `jobs/jobs.ts`. `abortable` is set where it will be aborted. */
  run(name: JobName, arg: unknown, abortable?: boolean): Running;
  /** Ends the pool, without waiting for running jobs where that can be chosen. */
  shutdown?(): PromiseLike<unknown>;
}

/** A job that was started. */
export interface Running {
  /** Gives the job's value, or rejects with what the spawner makes of its failure. */
  readonly ended: PromiseLike<unknown>;
  abort?(): void;
  /** How it ended, for who has a word for that. Asked once it has ended. */
  kind?(): Promise<EndKind>;
  /** Blocks this thread until the job has ended, and says how. `refused` where it does not block by design. */
  joinBlocking?(timeoutMs: number): EndKind | 'refused';
}

export type EndKind = 'value' | 'panic' | 'cancelled' | 'crash';
