import { availableParallelism } from 'node:os';
import { join, Runtime, type Spawn, task, tasksFrom, thread } from '@heddle/runtime';
import { newGate, openGate } from './bodies/gate.js';
import type { Program, Under } from './program.js';

const gates = tasksFrom<typeof import('./bodies/gate.js')>(new URL('./bodies/gate.js', import.meta.url));

/** What a run needs and what is there before it is recorded: threads that have booted. */
export interface Stage {
  readonly spawn: (name: string) => Spawn;
  /** How many jobs there can be at a time. */
  readonly atOnce: number;
  /** Says that all are spawned: no thread boots from now on. */
  full(): void;
  clear(): Promise<void>;
}

/**
 * Boots the threads of a run before it is recorded, so that the jobs come to the barrier at about the same time, and
 * no thread boots beside them.
 */
export async function stageFor(program: Program, under: Under): Promise<Stage> {
  const count = program.jobs.length;
  const rivals = program.rivals ?? 0;
  await thread.prewarm(rivals + (under === 'threads' ? count : 0));
  const full = (): void => {
    // What is not there is not replaced: a spare would boot in the middle of the run.
    void thread.prewarm(0);
  };
  switch (under) {
    case 'tasks':
      return { spawn: (name) => task.builder({ name }).spawn, atOnce: count, full, clear: async () => {} };
    case 'threads':
      return { spawn: (name) => thread.builder({ name }).spawn, atOnce: count, full, clear: async () => {} };
    case 'pool': {
      const maxThreads = Math.max(availableParallelism(), program.together ?? 1);
      const pool = new Runtime({ blocking: { maxThreads } });
      const atOnce = Math.min(count, maxThreads);
      const gate = newGate();
      // Each waits for the others, so that there are as many threads as will be needed.
      const first = Array.from({ length: atOnce }, () => pool.spawnBlocking(gates.throughGate, gate));
      await openGate(gate, atOnce, () => {});
      await join(...first);
      return {
        spawn: (name) => pool.blocking.builder({ name }).spawn,
        atOnce,
        full,
        clear: () => pool.shutdown(),
      };
    }
  }
}
