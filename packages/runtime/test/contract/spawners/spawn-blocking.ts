import { setTimeout as sleep } from 'node:timers/promises';
import { blocking, tasksFrom } from '@heddle/runtime';
import type { Programs } from '../program.js';
import type { Spawner } from '../spawner.js';
import { PATIENT } from './thread-spawn.js';

const programs = tasksFrom<Programs>(new URL('../programs/async.js', import.meta.url));

export const onPool: Spawner = {
  name: 'spawnBlocking',
  here: false,
  atOnce: true,
  spawn: (program, progress) => blocking.builder({ graceMs: PATIENT }).spawn(programs[program], progress),
  spawnNamed: (name, program, progress) =>
    blocking.builder({ name, graceMs: PATIENT }).spawn(programs[program], progress),
  pause: () => sleep(1),
};
