import type { Seat } from '../base/seat.js';

/**
 * Writes from now on what this thread does into its seat of a recording.
 *
 * What that takes is loaded here: each module is a part of a thread's start, and most are not recorded.
 */
export async function sit(seat: Seat, name: string): Promise<void> {
  const { hasBegun } = await import('../trace/ring/layout.js');
  // A pool says it again where a call may not have arrived.
  if (hasBegun(seat)) return;
  const { joinRecording } = await import('../runtime/join-recording.js');
  stand = joinRecording(seat, name, () => {
    stand?.();
    stand = undefined;
  });
  if (!listens) process.on('exit', () => stand?.());
  listens = true;
}

let stand: (() => void) | undefined;
let listens = false;
