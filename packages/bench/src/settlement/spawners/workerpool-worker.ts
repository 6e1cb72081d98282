import { worker } from 'workerpool';
import * as jobs from '../jobs/jobs.js';

/** The worker's side of workerpool. */
worker({ ...jobs });
