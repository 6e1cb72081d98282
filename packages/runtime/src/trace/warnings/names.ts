import { debugQuote } from '../../base/printable.js';
import { durationText } from '../duration-text.js';
import type { Picture, TaskLane, ThreadLane } from '../picture/picture.js';
import type { CpuHolder } from '../picture/who-had-cpu.js';

/** How a sentence names a task. */
export function taskText({ name, task }: Pick<TaskLane, 'name' | 'task'>): string {
  return name === undefined ? `task ${task}` : `task ${debugQuote(name)} (${task})`;
}

/** Whether it is a job that a thread other than the one of its spawn runs. */
export function hasOwnThread({ task, thread }: TaskLane): boolean {
  return Number.parseInt(task, 10) !== thread;
}

/** How a sentence names a thread. */
export function threadText({ name }: Pick<ThreadLane, 'name'>): string {
  return `thread ${debugQuote(name)}`;
}

/** Who had which CPU, as the end of a sentence: the three that had one for longest. */
export function holdersText({ threads }: Picture, holders: readonly CpuHolder[]): string {
  return holders
    .slice(0, 3)
    .map(({ cpu, tid, ns }) => {
      const thread = threads.find((lane) => lane.tid === tid);
      const who = thread === undefined ? 'another program' : threadText(thread);
      return `${who} had CPU ${cpu} for ${durationText(ns)}`;
    })
    .join(', ');
}

/** A number and its noun. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
