export { PoisonError } from './poison-error.js';
export { type LockOptions, type SharedData, SharedMutex } from './shared-mutex.js';
export type { SharedMutexGuard } from './shared-mutex-guard.js';
