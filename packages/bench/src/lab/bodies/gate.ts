import type { Suspension } from '@heddle/runtime';
import { SharedSemaphore } from '@heddle/runtime/thread';

/**
 * The barrier at which all jobs of a run wait, so that none has a start over the others.
 *
 * It lies in shared memory: a task awaits it as a thread does. What a thread needs to boot is over when it arrives,
 * and so is not taken for scheduling.
 */
export interface Gate {
  /** One permit for each job that has come. */
  readonly arrived: SharedSemaphore;
  readonly open: SharedSemaphore;
}

export function newGate(): Gate {
  return { arrived: new SharedSemaphore(0), open: new SharedSemaphore(0) };
}

/** The first line of every job: says that it is here, and waits until all are. */
export function* throughGate({ arrived, open }: Gate): Generator<Suspension, void> {
  arrived.addPermits(1);
  yield* open.acquire();
}

/** Waits until `count` jobs are at the gate and for `ready`; then lets them through, and whoever comes later. */
export async function openGate(
  { arrived, open }: Gate,
  count: number,
  ready: () => void | Promise<void>,
): Promise<void> {
  await arrived.acquire(count);
  await ready();
  open.addPermits(MANY);
}

/** More than any program has jobs. */
const MANY = 1_000;
