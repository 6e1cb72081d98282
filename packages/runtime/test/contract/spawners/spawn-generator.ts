import { setImmediate as pause } from 'node:timers/promises';
import { spawn, task } from '@heddle/runtime';
import * as programs from '../programs/generator.js';
import type { Spawner } from '../spawner.js';

export const spawnGenerator: Spawner = {
  name: 'spawn of a generator function',
  here: true,
  spawn: (program, progress) => spawn(programs[program], progress),
  spawnNamed: (name, program, progress) => task.builder({ name }).spawn(programs[program], progress),
  pause,
};
