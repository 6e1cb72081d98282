export { channel } from './channel.js';
export type { Receiver } from './receiver.js';
export type { Sender } from './sender.js';
