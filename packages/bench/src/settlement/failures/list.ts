import type { Failure } from '../failure.js';
import { aborts } from './aborts.js';
import { crossings } from './crossings.js';
import { crowd } from './crowd.js';
import { deaths } from './deaths.js';
import { endsOfPools } from './ends-of-pools.js';
import { throws } from './throws.js';

/** Every failure, in the order of the rows. */
export const failures: readonly Failure[] = [
  ...throws,
  ...deaths,
  ...crossings,
  ...aborts,
  ...endsOfPools,
  crowd,
];
