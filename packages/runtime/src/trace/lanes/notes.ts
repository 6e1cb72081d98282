import { durationText } from '../duration-text.js';
import type { TaskLane, ThreadLane } from '../picture/picture.js';
import type { View } from './row.js';

/** What a thread's row comes to: how often the kernel took its CPU, and gave it another one. */
export function threadNote(lane: ThreadLane, view: View): string {
  const { preemptions, migrations, runnableNs } = lane;
  const parts = [
    ...(preemptions === undefined ? [] : [`${preemptions} preempted`]),
    ...(migrations === undefined ? [] : [`${migrations} migrated`]),
    ...(runnableNs === undefined || !view.isWide
      ? []
      : [`wanted ${durationText(runnableNs, view.glyphs.micro)}`]),
  ];
  return parts.length === 0 ? 'not watched' : parts.join(', ');
}

/** How a task ended, unless with a value, and how long it was ready and not polled. */
export function taskNote(lane: TaskLane, view: View): string {
  const parts = [
    ...(lane.end === undefined || lane.end === 'value' ? [] : [lane.end]),
    `waited ${durationText(lane.waitNs, view.glyphs.micro)}`,
    ...(view.isWide ? [plural(lane.polls, 'poll')] : []),
  ];
  return parts.join(', ');
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
