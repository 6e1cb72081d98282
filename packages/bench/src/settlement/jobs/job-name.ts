/** The names of all jobs. */
export type JobName = keyof typeof import('./jobs.js');
