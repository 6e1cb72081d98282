import type { TaskEvent, TaskKey } from '../trace-event.js';
import type { TaskLane } from './picture.js';
import { type Poll, TaskLife } from './task-life.js';

/**
 * Tasks as the events of our executors tell of them. A thread polls one task at a time, whatever the events say: a
 * poll whose end nobody saw is over when its thread polls again, parks or ends, and when its task is polled elsewhere.
 */
export class TaskLives {
  readonly #lives = new Map<TaskKey, TaskLife>();
  /** What each thread polls now. */
  readonly #polled = new Map<number, TaskLife>();
  /** The polls of each thread, in their order. */
  readonly pollsOf: Map<number, Poll[]> = new Map();

  take(event: TaskEvent): void {
    const life = this.#of(event);
    switch (event.k) {
      case 'spawn':
        life.spawn(event);
        return;
      case 'poll':
        this.#poll(life, event.t, event.thread);
        return;
      case 'pend':
        if (life.isPolled && life.polledOn !== undefined) this.#polled.delete(life.polledOn);
        life.endPoll(event.t, event.end, event.on, event.of);
        return;
      case 'wake':
        if (!life.isOver) life.wake(event.t, event.by);
        return;
      case 'abort':
        if (!life.isOver) life.abort(event.t, event.by);
        return;
      case 'settle':
        if (!life.isOver) life.settle(event.t, event.thread, event.end);
        return;
    }
  }

  /** The thread polls nothing any more. */
  rest(thread: number, atNs: number): void {
    this.#polled.get(thread)?.endPoll(atNs, 'unseen');
    this.#polled.delete(thread);
  }

  startedFor(task: TaskKey, thread: number): void {
    this.#lives.get(task)?.runsOn(thread);
  }

  lanes(endNs: number, threadEnd: (place: number) => number | undefined): TaskLane[] {
    return Array.from(this.#lives.values(), (life) => life.finish(endNs, threadEnd));
  }

  #of(event: TaskEvent): TaskLife {
    let life = this.#lives.get(event.task);
    if (life === undefined) {
      life = new TaskLife(event.task, event);
      this.#lives.set(event.task, life);
    }
    return life;
  }

  #poll(life: TaskLife, atNs: number, thread: number): void {
    this.rest(thread, atNs);
    if (life.isPolled && life.polledOn !== undefined) this.rest(life.polledOn, atNs);
    if (life.isOver) return;
    const polls = this.pollsOf.get(thread);
    const poll = life.poll(atNs, thread);
    if (polls === undefined) this.pollsOf.set(thread, [poll]);
    else polls.push(poll);
    this.#polled.set(thread, life);
  }
}
