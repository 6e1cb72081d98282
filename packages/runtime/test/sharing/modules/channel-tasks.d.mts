import type { ThreadReceiver, ThreadSender } from '@heddle/runtime/thread';

/** How a thread comes to its end. `abort` waits for one. */
export type Death = 'return' | 'throw' | 'exit' | 'uncaught' | 'memory' | 'abort';

/** Receives until the end, then sends until that is refused: blocked both times on a thread that goes away. */
export function blocksOnBoth(
  items: ThreadReceiver<number>,
  back: ThreadSender<number>,
  ready: ThreadSender<string>,
): { received: number[]; sendThrew: string };

/** Sends one number and `ready`, and comes to its end. */
export function endsBy(
  how: 'return' | 'throw' | 'exit' | 'abort',
  sender: ThreadSender<number>,
  answers: ThreadReceiver<number>,
  ready: ThreadSender<string>,
): Promise<void>;

export function sendsThenEnds(how: Death, out: ThreadSender<number>): Promise<unknown>;
export function receivesThenEnds(how: Death, items: ThreadReceiver<number>): Promise<unknown>;
