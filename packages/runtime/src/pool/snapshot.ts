import { notCloneable } from '../thread/not-cloneable.js';
import type { PreparedJob } from '../wire/job.js';
import { luggagePorts } from '../wire/movable-class.js';
import type { Transferred } from '../wire/payload.js';
import { isSimple } from '../wire/value/simple.js';

/**
 * A job as it is at this moment, whenever it will be posted: what the caller does to an argument afterwards is not
 * part of it, and what Node will not clone is refused at the call.
 *
 * Costs a second copy, of all but what is moved. Rejected: posting at once where a thread is idle, and copying only
 * for the queue; the same call would then fail in two ways, now or later, by whether a thread was free.
 */
export function snapshot(job: PreparedJob): PreparedJob {
  if (holdsNothing(job)) return job;
  try {
    const { fn, ...rest } = job.message;
    const [copy, transfer]: [typeof rest, readonly Transferred[]] = structuredClone([rest, job.transfer], {
      transfer: [...job.transfer] as ArrayBuffer[],
    });
    job.transfer.forEach((item, at) => {
      if (luggagePorts.has(item)) luggagePorts.add(transfer[at]!);
    });
    return { ...job, message: { ...copy, fn }, transfer };
  } catch (error) {
    throw notCloneable(error, 'spawnBlocking') ?? error;
  }
}

/** Whether there is nothing in it that could change. */
function holdsNothing({ message, transfer }: PreparedJob): boolean {
  const { args, context } = message;
  if (transfer.length > 0 || context !== undefined || args.restore !== undefined) return false;
  return (args.value as readonly unknown[]).every(isSimple);
}
