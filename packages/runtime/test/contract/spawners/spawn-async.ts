import { setImmediate as pause } from 'node:timers/promises';
import { spawn, task } from '@heddle/runtime';
import * as programs from '../programs/async.js';
import type { Spawner } from '../spawner.js';

export const spawnAsync: Spawner = {
  name: 'spawn of an async function',
  here: true,
  spawn: (program, progress) => spawn(programs[program], progress),
  spawnNamed: (name, program, progress) => task.builder({ name }).spawn(programs[program], progress),
  pause,
};
