import { setTimeout as sleep } from 'node:timers/promises';
import { tasksFrom, thread } from '@heddle/runtime';
import type { Programs } from '../program.js';
import type { Spawner } from '../spawner.js';

const programs = tasksFrom<Programs>(new URL('../programs/async.js', import.meta.url));

/** A body that does end must not be cut off because the machine is slow. */
export const PATIENT = 60_000;

export const threadSpawn: Spawner = {
  name: 'thread.spawn',
  here: false,
  spawn: (program, progress) => thread.builder({ graceMs: PATIENT }).spawn(programs[program], progress),
  spawnNamed: (name, program, progress) =>
    thread.builder({ name, graceMs: PATIENT }).spawn(programs[program], progress),
  pause: () => sleep(1),
};
