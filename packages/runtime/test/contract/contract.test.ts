import { setPanicHook } from '@heddle/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { abortPromises, earlyAbortPromises, selfAbortPromises } from './abort-promises.js';
import { handlePromises } from './handle-promises.js';
import { outcomePromises } from './outcome-promises.js';
import { spareSpawn } from './spawners/spare-spawn.js';
import { spawnAsync } from './spawners/spawn-async.js';
import { onPool } from './spawners/spawn-blocking.js';
import { spawnGenerator } from './spawners/spawn-generator.js';
import { threadSpawn } from './spawners/thread-spawn.js';

/** One list of promises about `JoinHandle`, kept by every spawner. A new promise goes here first. */
const everywhere = [...outcomePromises, ...handlePromises, ...abortPromises];

beforeEach(() => setPanicHook(() => {}));
afterEach(() => setPanicHook(null));

describe.each([spawnGenerator, spawnAsync, threadSpawn, spareSpawn, onPool])(
  'the handle of $name',
  (spawner) => {
    beforeAll(async () => await spawner.prepare?.());
    afterAll(async () => await spawner.cleanUp?.());
    const promises = [
      ...everywhere,
      ...(spawner.here ? selfAbortPromises : []),
      ...(spawner.atOnce ? [] : earlyAbortPromises),
    ];
    it.each(promises)('%s', async (_, check) => {
      await check(spawner);
    });
  },
);
