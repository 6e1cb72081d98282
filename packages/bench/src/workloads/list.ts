import { workload as cpuBurst } from './cpu-burst.js';
import { workload as hog } from './hog.js';
import { workload as pingPong } from './ping-pong.js';
import { workload as spawnMany } from './spawn-many.js';
import type { Workload } from './workload.js';
import { workload as yieldStorm } from './yield-storm.js';

/** Every workload, in the order in which they run. */
export const workloads: readonly Workload[] = [spawnMany, yieldStorm, pingPong, cpuBurst, hog];
