import type { Spawner } from './spawner.js';

/** One sentence about `JoinHandle`, and how it is put to the test. */
export type ContractPromise = readonly [sentence: string, check: (spawner: Spawner) => Promise<void>];
