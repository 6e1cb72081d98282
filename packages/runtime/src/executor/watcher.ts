import type { Histogram } from '../base/histogram.js';
import type { ListedPolicy } from '../scheduler/policy.js';
import { isSettled, markGuest } from '../task/state.js';
import type { Task } from '../task/task.js';
import type { HookCaller } from './hooks.js';
import type { Host } from './host.js';
import { poll } from './poll.js';
import { type AfterPoll, HOP, NEXT, type Runner, type Watch } from './runner.js';

/** What is watched; what is left out is not measured. */
export interface Watched {
  readonly host: Host;
  readonly hooks: HookCaller;
  /** Whether polls are timed, for the counters or for a policy. */
  readonly timed: boolean;
  /** Whether it is noted since when a task is ready. */
  readonly latency: boolean;
  readonly pollTimes: Histogram | undefined;
  readonly scheduleLatencies: Histogram | undefined;
  /** Hears of each poll that was timed. */
  readonly polled: ((task: Task<unknown>, ms: number) => void) | undefined;
  /** Hears of each spawn. */
  readonly spawned: ((task: Task<unknown>) => void) | undefined;
  /** Hears that a task has settled. */
  readonly ended: ((task: Task<unknown>) => void) | undefined;
}

const RESOLVED = Promise.resolve();

/**
 * Watches an executor: calls hooks, and measures polls and waits.
 *
 * The poll of an async task is over when the step of its body is, one microtask after what it waited for was
 * given to it. Where that step ends at a promise of somebody else, the rest of it is not seen.
 */
export class Watcher implements Watch {
  readonly #watched: Watched;
  readonly hooks: HookCaller;
  #task: Task<unknown> | undefined;
  #latencyMs: number | undefined;
  /** From when on the poll that runs has not been charged to its task. */
  #chargedMs = 0;
  #beganMs = 0;
  #idle = false;
  #parked = true;

  parks = 1;
  /** How long polls took, in milliseconds, and how many that were. */
  busyMs = 0;
  timedPolls = 0;

  get isParked(): boolean {
    return this.#parked;
  }

  constructor(watched: Watched) {
    this.#watched = watched;
    this.hooks = watched.hooks;
  }

  /** Lets `policy` have what it reads. */
  around(policy: ListedPolicy): ListedPolicy {
    return {
      get lifoSlot() {
        return policy.lifoSlot;
      },
      keepsAborted: policy.keepsAborted === true,
      get size() {
        return policy.size;
      },
      push: (task) => {
        this.ready(task as Task<unknown>);
        policy.push(task);
      },
      pop: () => policy.pop(),
      remove: (task) => policy.remove(task),
      [Symbol.iterator]: () => policy[Symbol.iterator](),
    };
  }

  spawned(task: Task<unknown>): void {
    markGuest(task);
    const { ended } = this.#watched;
    const { onTaskTerminate } = this.hooks.hooks;
    if (ended !== undefined || onTaskTerminate !== undefined) {
      task.afterwards(() => {
        ended?.(task);
        this.hooks.callFor('onTaskTerminate', task, undefined);
      });
    }
    this.#watched.spawned?.(task);
    this.hooks.callFor('onTaskSpawn', task, undefined);
  }

  ready(task: Task<unknown>): void {
    const { timed, latency, host } = this.#watched;
    if (!timed && !latency) return;
    const attributes = task.withAttributes();
    const nowMs = host.now();
    if (timed) attributes.usedMs ??= 0;
    // It gives way in the middle of its poll, and the policy wants to know what it has used by now.
    if (timed && task === this.#task) this.#charge(task, nowMs);
    if (latency) attributes.readySinceMs ??= nowMs;
  }

  woken(task: Task<unknown>): void {
    this.ready(task);
  }

  aborted(): void {
    // No hook and no counter is about that.
  }

  poll(runner: Runner, task: Task<unknown>): AfterPoll {
    if (isSettled(task)) return poll(runner, task);
    this.#pollEnded();
    this.#begin(task);
    let after: AfterPoll = NEXT;
    try {
      after = poll(runner, task);
    } finally {
      if (after !== HOP) this.#pollEnded();
    }
    if (after === HOP) {
      void RESOLVED.then(() => {
        if (this.#task === task) this.#pollEnded();
        if (runner.isIdle) this.#parkIfIdle();
      });
    }
    return after;
  }

  idle(): void {
    this.#idle = true;
    // While the body of an async task runs, the thread is not given up yet.
    if (this.#task === undefined) this.#parkIfIdle();
  }

  turn(): void {
    this.#idle = false;
    if (!this.#parked) return;
    this.#parked = false;
    this.hooks.call('onUnpark');
  }

  #begin(task: Task<unknown>): void {
    const { timed, latency, host, scheduleLatencies } = this.#watched;
    const nowMs = timed || latency ? host.now() : 0;
    this.#latencyMs = undefined;
    const { attributes } = task;
    if (latency && attributes?.readySinceMs !== undefined) {
      this.#latencyMs = nowMs - attributes.readySinceMs;
      attributes.readySinceMs = undefined;
      scheduleLatencies?.record(this.#latencyMs);
    }
    this.hooks.callFor('onBeforeTaskPoll', task, this.#latencyMs);
    this.#task = task;
    if (timed)
      this.#chargedMs = this.#beganMs = this.hooks.hooks.onBeforeTaskPoll === undefined ? nowMs : host.now();
  }

  #pollEnded(): void {
    const task = this.#task;
    if (task === undefined) return;
    const { timed, host, pollTimes, polled } = this.#watched;
    if (timed) {
      const nowMs = host.now();
      this.#charge(task, nowMs);
      const ms = nowMs - this.#beganMs;
      this.busyMs += ms;
      this.timedPolls += 1;
      pollTimes?.record(ms);
      polled?.(task, ms);
    }
    this.#task = undefined;
    this.hooks.callFor('onAfterTaskPoll', task, this.#latencyMs);
  }

  #charge(task: Task<unknown>, nowMs: number): void {
    const { attributes } = task;
    if (attributes !== undefined) attributes.usedMs = (attributes.usedMs ?? 0) + nowMs - this.#chargedMs;
    this.#chargedMs = nowMs;
  }

  #parkIfIdle(): void {
    if (!this.#idle || this.#parked) return;
    this.#parked = true;
    this.parks += 1;
    this.hooks.call('onPark');
  }
}
