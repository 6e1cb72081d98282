/**
 * What one waiter wants of a word in shared memory, apart from whether it blocks its thread or is awaited.
 *
 * What keeps every wait of this folder from missing its wake-up: `attempt` answers with the value *with which*
 * it could not take, and the waiter sleeps only while the word still has that value. Whoever changes the word so
 * that somebody could take, notifies afterwards.
 *
 * Beside that a waiter looks again every `SLICE_MS` by itself. It needs to, for the thread that it waits for may
 * have died, and then nobody notifies; and a thread may die that was notified, and then it passes nothing on.
 */
export interface Claim {
  readonly words: Int32Array;
  /** Which of the words it sleeps on. */
  readonly index: number;
  /**
   * Takes what is wanted, or gives the value of the word with which it cannot be had. Never throws.
   *
   * Who `hasWaited` cannot know whether others wait still, and says so in the word.
   */
  attempt(hasWaited: boolean): number | typeof TAKEN;
  /** Looks whether what is in the way belongs to a thread that is gone, and if so clears it away. */
  clearDead(): void;
  /** Gives back what was taken and will not be used. */
  giveBack(): void;
}

export const TAKEN: unique symbol = Symbol('taken');

/** How long a waiter sleeps at most before it looks again. */
export const SLICE_MS = 50;
