import type { Picture } from '@heddle/runtime/trace';
import { sinceBarrier } from './since-barrier.js';

/** How often each scheduler decided something, after the barrier. */
export interface Decisions {
  /** Polls that began: our executors. */
  readonly polls: number;
  /** How often a thread of ours got a CPU, and how often it lost it though it wanted to go on: the kernel. */
  readonly switches: number | undefined;
  readonly preemptions: number | undefined;
  readonly migrations: number | undefined;
}

export function decisionsOf(whole: Picture): Decisions {
  const picture = sinceBarrier(whole);
  const seen = picture.threads.filter(({ slices }) => slices.length > 0);
  const polls = picture.tasks
    .flatMap(({ slices }) => slices)
    .filter(({ state }) => state === 'polled').length;
  const running = seen.flatMap(({ slices }) => slices).filter(({ state }) => state === 'running');
  return {
    polls,
    switches: seen.length === 0 ? undefined : running.filter(({ fromNs }) => fromNs > 0).length,
    preemptions: total(picture, 'preemptions'),
    migrations: total(picture, 'migrations'),
  };
}

function total(picture: Picture, what: 'preemptions' | 'migrations'): number | undefined {
  const counted = picture.threads.map((lane) => lane[what]).filter((count) => count !== undefined);
  return counted.length === 0 ? undefined : counted.reduce((sum, count) => sum + count, 0);
}
