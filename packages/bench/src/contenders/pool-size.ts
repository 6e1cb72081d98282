import { availableParallelism } from 'node:os';

/** How many threads every pool has: one for each CPU, four at most, and one for a ticker beside them. */
export const POOL_SIZE = Math.max(2, Math.min(4, availableParallelism())) + 1;
