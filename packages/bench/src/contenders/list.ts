import type { Contender } from '../contender.js';

/**
 * Every contender, in the order of the tables. Each is loaded by itself, in the process that measures it: what
 * one of them imports must not slow down another.
 */
export const contenders: Readonly<Record<string, () => Promise<{ readonly contender: Contender }>>> = {
  'plain-promises': () => import('./plain-promises.js'),
  'spawn-generator': () => import('./spawn-generator.js'),
  'spawn-async': () => import('./spawn-async.js'),
  'thread-spawn': () => import('./thread-spawn.js'),
  'thread-spawn-spares': () => import('./thread-spawn-spares.js'),
  'spawn-blocking': () => import('./spawn-blocking.js'),
  'raw-worker': () => import('./raw-worker.js'),
  piscina: () => import('./piscina.js'),
  tinypool: () => import('./tinypool.js'),
};
