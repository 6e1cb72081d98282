import * as mpsc from './mpsc/index.js';

export { ChannelClosed } from './channel-closed.js';
export { oneshot } from './oneshot.js';
export type { OneshotReceiver } from './oneshot-receiver.js';
export type { OneshotSender } from './oneshot-sender.js';
export { Semaphore } from './semaphore.js';
export { SemaphoreClosed } from './semaphore-closed.js';
export type { SemaphorePermit } from './semaphore-permit.js';
export { mpsc };
