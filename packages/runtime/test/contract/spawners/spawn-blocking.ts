import { setTimeout as sleep } from 'node:timers/promises';
import { blocking, spawnBlocking, tasksFrom } from '@heddle/runtime';
import type { Programs } from '../program.js';
import type { Spawner } from '../spawner.js';

const programs = tasksFrom<Programs>(new URL('../programs/async.js', import.meta.url));

export const onPool: Spawner = {
  name: 'spawnBlocking',
  here: false,
  atOnce: true,
  spawn: (program, progress) => spawnBlocking(programs[program], progress),
  spawnNamed: (name, program, progress) => blocking.builder({ name }).spawn(programs[program], progress),
  pause: () => sleep(1),
};
