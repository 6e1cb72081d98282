import * as mpsc from './mpsc/index.js';

export { Barrier, type BarrierWaitResult } from './barrier.js';
export { ChannelClosed } from './channel-closed.js';
export { Mutex } from './lock/mutex.js';
export type { MutexGuard } from './lock/mutex-guard.js';
export { RwLock, type RwLockOptions } from './lock/rw-lock.js';
export type { RwLockReadGuard } from './lock/rw-lock-read-guard.js';
export type { RwLockWriteGuard } from './lock/rw-lock-write-guard.js';
export type { Notified } from './notify/notified.js';
export { Notify } from './notify/notify.js';
export { OnceCell } from './once-cell/once-cell.js';
export { oneshot } from './oneshot.js';
export type { OneshotReceiver } from './oneshot-receiver.js';
export type { OneshotSender } from './oneshot-sender.js';
export { Semaphore } from './semaphore/semaphore.js';
export { SemaphoreClosed } from './semaphore/semaphore-closed.js';
export type { SemaphorePermit } from './semaphore/semaphore-permit.js';
export { mpsc };
