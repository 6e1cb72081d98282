export { Elapsed } from '../base/elapsed.js';
export { sleep } from './sleep.js';
export { timeout } from './timeout.js';
