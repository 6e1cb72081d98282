import { thread } from '@heddle/runtime';
import type { Spawner } from '../spawner.js';
import { threadSpawn } from './thread-spawn.js';

/** `thread.spawn` where a thread has booted before. Each spawn takes one, also while the next still boots. */
export const spareSpawn: Spawner = {
  ...threadSpawn,
  name: 'thread.spawn on a spare',
  atOnce: true,
  prepare: () => thread.prewarm(2),
  cleanUp: () => thread.prewarm(0),
};
