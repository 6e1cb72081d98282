import { aliveCount, counters } from './live-threads.js';
import { spareCount } from './spares.js';

/** What the threads of this thread have done so far. */
export interface ThreadMetrics {
  /** How many were started. */
  readonly threadsStarted: number;
  /** How many of them are not gone yet. */
  readonly threadsAlive: number;
  /** How many of the spawns took a spare. */
  readonly sparesTaken: number;
  /** How many spares there are, booted or booting: see `thread.prewarm`. */
  readonly sparesAlive: number;
  /** Messages to them: one that starts each, and one for each abort that found the body running. */
  readonly messagesSent: number;
  /** Messages from them: that the body began, and how it ended. */
  readonly messagesReceived: number;
}

export function threadMetrics(): ThreadMetrics {
  return { ...counters, threadsAlive: aliveCount(), sparesAlive: spareCount() };
}
