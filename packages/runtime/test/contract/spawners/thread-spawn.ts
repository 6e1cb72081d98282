import { setTimeout as sleep } from 'node:timers/promises';
import { tasksFrom, thread } from '@heddle/runtime';
import type { Programs } from '../program.js';
import type { Spawner } from '../spawner.js';

const programs = tasksFrom<Programs>(new URL('../programs/async.js', import.meta.url));

export const threadSpawn: Spawner = {
  name: 'thread.spawn',
  here: false,
  spawn: (program, progress) => thread.spawn(programs[program], progress),
  spawnNamed: (name, program, progress) => thread.builder({ name }).spawn(programs[program], progress),
  pause: () => sleep(1),
};
