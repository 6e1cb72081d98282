import { expose } from 'threads/worker';
import * as jobs from '../jobs/jobs.js';

/** The worker's side of threads.js. */
expose({ ...jobs });
