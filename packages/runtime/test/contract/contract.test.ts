import { setPanicHook } from '@heddle/runtime';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { abortPromises, selfAbortPromises } from './abort-promises.js';
import { handlePromises } from './handle-promises.js';
import { outcomePromises } from './outcome-promises.js';
import { spawnAsync } from './spawners/spawn-async.js';
import { spawnGenerator } from './spawners/spawn-generator.js';
import { threadSpawn } from './spawners/thread-spawn.js';

/** One list of promises about `JoinHandle`, kept by every spawner. A new promise goes here first. */
const everywhere = [...outcomePromises, ...handlePromises, ...abortPromises];

beforeEach(() => setPanicHook(() => {}));
afterEach(() => setPanicHook(null));

describe.each([spawnGenerator, spawnAsync, threadSpawn])('the handle of $name', (spawner) => {
  it.each(spawner.here ? [...everywhere, ...selfAbortPromises] : everywhere)('%s', async (_, check) => {
    await check(spawner);
  });
});
