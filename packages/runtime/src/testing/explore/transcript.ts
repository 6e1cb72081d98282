import { printable } from '../../base/printable.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { isAborted, isSettled, isUnwinding } from '../../task/state.js';
import type { Task } from '../../task/task.js';
import { placeInProgram } from './place-in-program.js';
import { Preempted } from './preempted.js';
import type { ReadyListener } from './seeded-policy.js';

type AnyTask = Task<unknown>;

/** What a poll, or the clock, does to a task. */
type Verb = 'spawns' | 'wakes' | 'aborts';

/**
 * What happened in a schedule, one line for each poll and each step of the clock.
 *
 * Made only of what follows from the seed: tasks by number and name, places by file and line. Writing it is slow,
 * which is why a schedule that fails is run once more for it.
 */
export class Transcript implements ReadyListener {
  readonly #lines: string[] = [];
  readonly #begun = new Set<AnyTask>();
  /** Where a task waits, in the program. */
  readonly #places = new Map<AnyTask, string | undefined>();
  /** What was done since the last line, and to whom. */
  #done: { readonly verb: Verb; readonly whom: string[] }[] = [];

  spawned(task: AnyTask): void {
    watchWaits(task, (place) => this.#places.set(task, place));
    // The program's own task is spawned by nobody in it.
    if (this.#places.size > 0) this.#did('spawns', task);
    this.#places.set(task, undefined);
  }

  woken(task: AnyTask): void {
    // An abort puts a waiting task into the queue too, to be told.
    this.#did(isAborted(task) && !isUnwinding(task) ? 'aborts' : 'wakes', task);
  }

  /** A poll of `task` is over, and all that was heard since the last line is its doing. */
  polled(task: AnyTask): void {
    const begins = this.#begun.has(task) ? [] : ['begins'];
    this.#begun.add(task);
    this.#line(nameOf(task), [...begins, ...this.#deeds(), this.#endOf(task)]);
  }

  clock(nowMs: number): void {
    this.#line('clock', [`${nowMs} ms`, ...this.#deeds()]);
  }

  /** A line about the schedule as a whole. */
  note(text: string): void {
    this.#line('', [text, ...this.#deeds()]);
  }

  /** What a task waits for, and where, as in `waits for semaphore.acquire() (bank.ts:12)`. */
  waitOf(task: AnyTask): string {
    const { body } = task;
    const place = this.#places.get(task);
    const at = place === undefined ? '' : ` (${place})`;
    const what = printable(task.waitsFor?.what ?? 'something');
    if (!(body instanceof Preempted)) return `waits for ${what}${at}`;
    switch (body.suspended) {
      case 'waits':
        return `waits for ${what}${at}`;
      case 'preempted':
        return `is held up before ${what}${at}`;
      case 'yields':
        return 'gives way';
    }
  }

  toString(): string {
    const width = String(this.#lines.length).length;
    return this.#lines.map((line, at) => `${String(at + 1).padStart(width)} ${line}`).join('\n');
  }

  #endOf(task: AnyTask): string {
    const { outcome } = task;
    if (!isSettled(task) || outcome === undefined) return this.waitOf(task);
    if (!outcome.ok) return outcome.error.isPanic() ? `panics: ${panicText(outcome.error)}` : 'is cancelled';
    return outcome.value === undefined ? 'ends' : `ends with ${safeInspect(outcome.value, 60)}`;
  }

  #line(who: string, parts: readonly string[]): void {
    this.#lines.push(who === '' ? parts.join('; ') : `${who}: ${parts.join('; ')}`);
  }

  #did(verb: Verb, task: AnyTask): void {
    const last = this.#done.at(-1);
    if (last?.verb === verb) last.whom.push(nameOf(task));
    else this.#done.push({ verb, whom: [nameOf(task)] });
  }

  #deeds(): string[] {
    const deeds = this.#done.map(({ verb, whom }) => `${verb} ${whom.join(', ')}`);
    this.#done = [];
    return deeds;
  }
}

/** `task 2 "ann"`. */
export function nameOf({ id, name }: AnyTask): string {
  return name === undefined ? `task ${id}` : `task ${id} "${printable(name)}"`;
}

function panicText(error: { readonly message: string; readonly cause?: unknown }): string {
  return printable(error.cause instanceof Error ? error.cause.message : error.message);
}

/**
 * Hears where in the program a task begins to wait: an operation notes itself in its task at that moment, while
 * the generator that iterates it is on the stack. A suspended generator does not tell where it stands.
 */
function watchWaits(task: AnyTask, hear: (place: string | undefined) => void): void {
  let waitsFor = task.waitsFor;
  Object.defineProperty(task, 'waitsFor', {
    configurable: true,
    enumerable: true,
    get: () => waitsFor,
    set: (value: AnyTask['waitsFor']) => {
      waitsFor = value;
      if (value !== undefined) hear(placeInProgram());
    },
  });
}
