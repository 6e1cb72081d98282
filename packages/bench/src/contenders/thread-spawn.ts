import { heddleThreads } from './heddle-threads.js';
import { overThreads } from './over-threads.js';

/** A thread for each call, started when it is asked for. */
export const contender = overThreads(heddleThreads);
