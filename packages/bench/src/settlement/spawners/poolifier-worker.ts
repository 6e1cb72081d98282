import { type TaskFunction, ThreadWorker } from 'poolifier';
import * as jobs from '../jobs/jobs.js';

/** The worker's side of poolifier, which keeps itself alive. */
export const worker = new ThreadWorker({ ...jobs } as Record<string, TaskFunction>);
