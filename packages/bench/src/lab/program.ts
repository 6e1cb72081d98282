import type { JoinHandle, Spawn } from '@heddle/runtime';
import type { Picture } from '@heddle/runtime/trace';
import type { Gate } from './bodies/gate.js';
import type { Lesson } from './page/lesson.js';

/** Who schedules the jobs: our executor on one thread, the kernel, or a pool's queue and then the kernel. */
export type Under = 'tasks' | 'threads' | 'pool';

export const UNDER: readonly Under[] = ['tasks', 'threads', 'pool'];

/**
 * A program of the lab. It knows what its jobs are and not who schedules them: the same functions run as tasks, as
 * threads and in a pool, so that what differs between the pictures is the scheduling.
 */
export interface Program {
  readonly name: string;
  readonly title: string;
  /** What runs, in one or two sentences. */
  readonly about: string;
  /** The runs that it makes when none is asked for. */
  readonly under: readonly Under[];
  /** To how many CPUs it is pinned when none are asked for. */
  readonly cpus?: number;
  /** How many of its jobs need each other, and so a thread each: a pool with fewer would wait for ever. */
  readonly together?: number;
  /** What its jobs are called. */
  readonly jobs: readonly string[];
  /** How many threads compete with them. */
  readonly rivals?: number;
  /** Starts the jobs. Each waits at the gate. */
  start(work: Work): Started;
  /** What is asked and said of this recording: the numbers in it are that recording's own. */
  lesson(runs: Runs): Lesson;
}

/** The runs that were made, by who scheduled them. */
export type Runs = Readonly<Partial<Record<Under, Run>>>;

/** One run: its place among those that are shown, and its picture. */
export interface Run {
  readonly label: Under;
  readonly place: number;
  readonly picture: Picture;
}

/** What a program starts its jobs with. */
export interface Work {
  readonly under: Under;
  readonly gate: Gate;
  /** The spawner of this run, for a job of that name. */
  spawn(name: string): Spawn;
  /** A thread, whoever schedules the jobs: for what competes with them. */
  spawnThread(name: string): Spawn;
  /** How many steps of work take so long, once compiled and with a CPU to itself. */
  steps(ms: number): number;
}

export interface Started {
  readonly jobs: readonly JoinHandle<unknown>[];
  /** What competes with the jobs, and is ended after them. */
  readonly rivals?: { readonly threads: readonly JoinHandle<unknown>[]; stop(): void };
}
