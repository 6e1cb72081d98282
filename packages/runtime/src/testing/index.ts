export { PENDING, type Pending } from '../task/pollable.js';
export { ManualHost } from './manual-host.js';
export { type Step, step } from './step.js';
