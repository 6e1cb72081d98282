import { checkGiven } from '../check-given.js';
import type { TraceRun } from '../trace.js';
import { counterOf } from './counter-of.js';
import { inOrder } from './in-order.js';
import type { KernelThread } from './kernel-thread.js';
import { KernelThreads } from './kernel-threads.js';
import type { CounterLane, Interval, Picture, TaskLane, ThreadLane, ThreadSlice } from './picture.js';
import { SeenThreads } from './seen-threads.js';
import { TaskLives } from './task-lives.js';
import { threadLane } from './thread-lane.js';
import { noteWithoutCpu } from './without-cpu.js';

/**
 * Puts the events of a run together to intervals: who had which CPU, what each thread and each task did.
 *
 * It is a function of its argument alone, takes any events, and gives a picture that keeps its promises (see
 * `Picture`) whatever they are: a recording may begin in the middle of everything, end there, and have holes. What
 * contradicts what came before it is not believed. It takes time in proportion to the number of events.
 *
 * @example
 * ```ts
 * const run: TraceRun = {
 *   label: 'tasks', pid: 1, level: 'process', cpus: 2, endNs: 30,
 *   lost: { events: 0, threads: 0, kernel: 0 },
 *   events: [
 *     { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'hello' },
 *     { k: 'poll', t: 10, thread: 0, task: '0:1', ready: 0 },
 *     { k: 'pend', t: 30, thread: 0, task: '0:1', end: 'settled' },
 *     { k: 'settle', t: 30, thread: 0, task: '0:1', end: 'value' },
 *   ],
 * };
 * pictureOf(run).tasks[0]?.slices;
 * // [{ state: 'ready', fromNs: 0, toNs: 10 }, { state: 'polled', fromNs: 10, toNs: 30, end: 'settled' }]
 * ```
 */
export function pictureOf(run: TraceRun): Picture {
  checkGiven('pictureOf', 'run', run);
  const events = inOrder(run.events);
  const fromNs = Math.min(0, events[0]?.t ?? 0);
  const endNs = Math.max(fromNs, run.endNs || 0, events.at(-1)?.t ?? 0);
  const kernel = new KernelThreads(
    run.lost.kernel === 0 ? Math.max(fromNs, run.kernelFromNs ?? fromNs) : undefined,
  );
  const threads = new SeenThreads();
  const tasks = new TaskLives();
  const marks: Picture['marks'][number][] = [];
  for (const event of events) {
    switch (event.k) {
      case 'spawn':
      case 'poll':
      case 'pend':
      case 'wake':
      case 'abort':
      case 'settle':
        threads.at(event.thread, event.t);
        tasks.take(event);
        break;
      case 'thread':
        threads.introduce(
          event,
          run.level === 'exact' && event.tid !== undefined ? kernel.of(event.tid, event.t) : undefined,
        );
        if (event.job !== undefined) tasks.startedFor(event.job, event.thread);
        break;
      case 'park':
        threads.at(event.thread, event.t);
        tasks.rest(event.thread, event.t);
        break;
      case 'unpark':
        threads.at(event.thread, event.t);
        break;
      case 'exit':
        threads.at(event.thread, event.t).exitNs ??= event.t;
        tasks.rest(event.thread, event.t);
        break;
      case 'mark':
        threads.at(event.thread, event.t);
        marks.push({ atNs: event.t, name: event.name });
        break;
      case 'on':
      case 'waking':
      case 'migrate':
      case 'fork':
        if (run.level === 'exact') kernel.take(event);
        break;
      case 'off':
      case 'gone':
        if (run.level !== 'exact') break;
        kernel.take(event);
        endPoll(kernel.of(event.tid, event.t), tasks, event.t);
        break;
      case 'count':
        if (run.level === 'counted') threads.count(event);
        break;
    }
  }
  const taskLanes = tasks.lanes(endNs, (place) => threads.endOf(place));
  kernel.finish(endNs);
  const threadLanes = threads.all(kernel).map((seen) => threadLane(seen, run, endNs));
  for (const { thread, slices } of threadLanes) {
    const polls = thread === undefined ? undefined : tasks.pollsOf.get(thread);
    if (polls !== undefined) noteWithoutCpu(polls, slices.filter(isNotRunning));
  }
  return {
    label: run.label,
    fromNs,
    endNs,
    cpus: kernel.cpus.lanes(endNs),
    threads: threadLanes,
    tasks: taskLanes,
    counters: [...readyTasks(taskLanes, fromNs), ...runnableThreads(threadLanes, fromNs)],
    marks,
  };
}

/** A thread that is gone polls nothing: it may have been terminated, and has not said so itself. */
function endPoll({ place, isGone }: KernelThread, tasks: TaskLives, atNs: number): void {
  if (isGone && place !== undefined) tasks.rest(place, atNs);
}

function isNotRunning({ state }: ThreadSlice): boolean {
  return state !== 'running';
}

function readyTasks(tasks: readonly TaskLane[], fromNs: number): CounterLane[] {
  const readyOn = new Map<number, Interval[]>();
  for (const { thread, slices } of tasks) {
    const ready = readyOn.get(thread) ?? [];
    readyOn.set(thread, ready);
    for (const slice of slices) if (slice.state === 'ready') ready.push(slice);
  }
  return [...readyOn]
    .sort(([one], [other]) => one - other)
    .map(([thread, ready]) => counterOf({ name: 'ready tasks', thread }, ready, fromNs));
}

function runnableThreads(threads: readonly ThreadLane[], fromNs: number): CounterLane[] {
  const exact = threads.filter(({ slices }) => slices.length > 0);
  if (exact.length === 0) return [];
  const runnable = exact.flatMap(({ slices }) => slices.filter(({ state }) => state === 'runnable'));
  return [counterOf({ name: 'runnable threads' }, runnable, fromNs)];
}
