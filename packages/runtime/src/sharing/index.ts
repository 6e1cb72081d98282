export type { ChannelOptions } from './channel/channel.js';
export type { ThreadReceiver } from './channel/thread-receiver.js';
export type { ThreadSender } from './channel/thread-sender.js';
export { PoisonError } from './poison-error.js';
export { SharedCondvar, type WaitTimeoutResult } from './shared-condvar.js';
export { type LockOptions, type SharedData, SharedMutex } from './shared-mutex.js';
export type { SharedMutexGuard } from './shared-mutex-guard.js';
export { SharedSemaphore } from './shared-semaphore.js';
export type { SharedSemaphorePermit } from './shared-semaphore-permit.js';
