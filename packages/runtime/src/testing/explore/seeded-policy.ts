import { isGenerator, isGeneratorFunction } from '../../base/generator.js';
import { callWith, type TaskFunction } from '../../executor/input.js';
import type { Policy, Ready } from '../../scheduler/policy.js';
import { BUDGET } from '../../task/current.js';
import type { Task } from '../../task/task.js';
import { Preempted } from './preempted.js';

type AnyTask = Task<unknown>;

/** Who hears of what the policy sees: a task that is ready, for the first time or again. */
export interface ReadyListener {
  spawned(task: AnyTask): void;
  woken(task: AnyTask): void;
}

/** How often a budget is cut short, in a schedule as a whole: never, now and then, at every other operation. */
const PREEMPTIONS = [0, 0.1, 0.25, 0.5];

/**
 * Who is next is drawn from a seed, and so is the budget of each poll. It may starve a task, which every seed does
 * for some while.
 *
 * Every task of a schedule passes through `push` before its first poll, and there its body is put into a
 * `Preempted`: no part of the executor knows that it is explored.
 */
export class SeededPolicy implements Policy, Iterable<Ready> {
  readonly lifoSlot = false;
  /** An aborted task that never began has its turn like all others. */
  readonly keepsAborted = true;
  readonly #random: () => number;
  readonly #listener: ReadyListener;
  readonly #preemption: number;
  readonly #ready: AnyTask[] = [];
  readonly #known = new Set<AnyTask>();
  /** The task that was given last, which is the one being polled. */
  last: AnyTask | undefined;

  constructor(random: () => number, listener: ReadyListener) {
    this.#random = random;
    this.#listener = listener;
    this.#preemption = PREEMPTIONS[Math.floor(random() * PREEMPTIONS.length)] as number;
  }

  get size(): number {
    return this.#ready.length;
  }

  push(ready: Ready): void {
    const task = ready as AnyTask;
    this.#ready.push(task);
    this.#wrap(task);
    if (this.#known.has(task)) {
      if (task !== this.last) this.#listener.woken(task);
      return;
    }
    this.#known.add(task);
    this.#listener.spawned(task);
  }

  pop(): Ready | undefined {
    const { length } = this.#ready;
    if (length === 0) return undefined;
    // The last takes the place of the one that was drawn: the order of the rest means nothing.
    const at = length === 1 ? 0 : Math.floor(this.#random() * length);
    const last = this.#ready.pop() as AnyTask;
    if (at === length - 1) {
      this.last = last;
    } else {
      this.last = this.#ready[at];
      this.#ready[at] = last;
    }
    return this.last;
  }

  remove(ready: Ready): boolean {
    const at = this.#ready.indexOf(ready as AnyTask);
    if (at >= 0) this.#ready.splice(at, 1);
    return at >= 0;
  }

  [Symbol.iterator](): Iterator<Ready> {
    return this.#ready[Symbol.iterator]();
  }

  /** A plain function is called as it is: it runs to its end. */
  #wrap(task: AnyTask): void {
    const { body, input } = task;
    if (isGenerator(body)) task.body = new Preempted(() => body, this.#budget);
    if (!isGeneratorFunction(body)) return;
    task.body = new Preempted(() => callWith(body as TaskFunction, input) as Body, this.#budget);
    task.input = undefined;
  }

  readonly #budget = (): number => {
    if (this.#preemption === 0) return BUDGET;
    let budget = 0;
    while (budget < BUDGET && this.#random() >= this.#preemption) budget += 1;
    return budget;
  };
}

type Body = Iterator<unknown, unknown, unknown>;
