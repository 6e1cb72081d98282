import type { BellListener } from './bell.js';

/**
 * The other half of a channel, as long as both are on one thread.
 *
 * They call each other: a bell that went through the event loop would have to keep the process alive until it is
 * heard, and a wait that only this thread could end would keep it alive for ever, without a word.
 */
export interface Companion extends BellListener {
  /** The half that it is a companion to has left this thread. */
  alone(): void;
}
