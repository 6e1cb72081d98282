export { channel } from './channel.js';
export type { Permit } from './permit.js';
export type { Permits } from './permits.js';
export type { Receiver } from './receiver.js';
export type { Sender } from './sender.js';
export { unboundedChannel } from './unbounded-channel.js';
export type { UnboundedSender } from './unbounded-sender.js';
