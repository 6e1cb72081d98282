import { fillHeldUp } from '../executor/stopped-time.js';
import { hasPoolJobs } from '../pool/live-pools.js';
import { isThreadJoined } from '../thread/live-threads.js';

/** A stopped clock does not jump while something runs in earnest that a task may be waiting for. */
fillHeldUp(() => hasPoolJobs() || isThreadJoined());
