import { debugQuote } from '../../base/printable.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { lanesOf } from '../../trace/lanes/lanes-of.js';
import { inOrder } from '../../trace/picture/in-order.js';
import type { Picture, TaskLane, ThreadLane } from '../../trace/picture/picture.js';
import { pictureOf } from '../../trace/picture/picture-of.js';
import type { TraceRun } from '../../trace/trace.js';
import type { TaskKey, TraceEvent } from '../../trace/trace-event.js';
import { SeenTask } from './seen-task.js';
import { TraceAssertionError } from './trace-assertion-error.js';

/** What is drawn of a failure: everything, where nothing is named. */
export interface Shown {
  readonly tasks?: readonly TaskLane[];
  readonly threads?: readonly ThreadLane[];
}

/** A run that is being asked about: its events, its picture, and how to fail with a drawing of it. */
export class SeenRun {
  readonly run: TraceRun;
  readonly picture: Picture;
  readonly events: readonly TraceEvent[];
  readonly #tasks: ReadonlyMap<TaskKey, SeenTask>;

  constructor(run: TraceRun) {
    this.run = run;
    this.picture = pictureOf(run);
    this.events = inOrder(run.events);
    this.#tasks = new Map(this.picture.tasks.map((lane) => [lane.task, new SeenTask(lane)]));
    for (const [place, event] of this.events.entries()) {
      if ('task' in event) this.#tasks.get(event.task)?.note(event, place);
    }
  }

  get tasks(): readonly SeenTask[] {
    return [...this.#tasks.values()];
  }

  /** The tasks of that name, or the one of that key; at least one. */
  tasksOf(caller: string, nameOrKey: string): readonly SeenTask[] {
    checkName(caller, nameOrKey);
    const found = this.tasks.filter(({ lane }) => lane.name === nameOrKey || lane.task === nameOrKey);
    if (found.length > 0) return found;
    return this.notFound(
      `a task ${debugQuote(nameOrKey)}`,
      `there are ${listOf(this.tasks.map(({ text }) => text))}`,
    );
  }

  /** The one task of that name or key. */
  taskOf(caller: string, nameOrKey: string): SeenTask {
    const [task, ...others] = this.tasksOf(caller, nameOrKey);
    if (task !== undefined && others.length === 0) return task;
    const keys = listOf([task!, ...others].map(({ lane }) => lane.task));
    return this.fail(
      `one task ${debugQuote(nameOrKey)}`,
      `there are ${others.length + 1}: name one by its key, ${keys}`,
    );
  }

  threadOf(caller: string, name: string): ThreadLane {
    checkName(caller, name);
    const [thread, ...others] = this.picture.threads.filter((lane) => lane.name === name);
    if (thread !== undefined && others.length === 0) return thread;
    if (thread !== undefined)
      return this.fail(`one thread ${debugQuote(name)}`, `there are ${others.length + 1}`);
    const names = this.picture.threads.map((lane) => debugQuote(lane.name));
    return this.notFound(`a thread ${debugQuote(name)}`, `there are ${listOf(names)}`);
  }

  /** Throws: what was seen is not what was expected. */
  fail(expected: string, seen: string, shown: Shown = {}): never {
    throw new TraceAssertionError(
      'failed',
      `expectTrace: expected ${expected}, but ${seen}${this.#missing()}`,
      this.#lanes(shown),
    );
  }

  /** Throws: there is no such thing, or it was not seen since something was lost. */
  notFound(expected: string, found: string, shown?: Shown): never {
    this.checkComplete(expected, shown);
    return this.fail(expected, found, shown);
  }

  /** Throws: the recording does not say. */
  cannotSay(expected: string, why: string, shown: Shown = {}): never {
    throw new TraceAssertionError(
      'unseen',
      `expectTrace: expected ${expected}, which the recording does not say: ${why}`,
      this.#lanes(shown),
    );
  }

  /** Throws where something was lost, since what holds of all that was seen need not hold of that. */
  checkComplete(expected: string, shown?: Shown): void {
    const { events, threads } = this.run.lost;
    if (events > 0)
      this.cannotSay(expected, `${events} events were written over; record with more \`events\``, shown);
    if (threads > 0)
      this.cannotSay(expected, `${threads} threads were not recorded; record with more \`threads\``, shown);
  }

  #missing(): string {
    const { events, threads } = this.run.lost;
    if (events + threads === 0) return '';
    return `. What is missing: ${events} events were written over, ${threads} threads were not recorded`;
  }

  #lanes({ tasks, threads }: Shown): string {
    const { picture } = this;
    const places = new Set([
      ...(threads ?? (tasks === undefined ? picture.threads : [])).map(({ thread }) => thread),
      ...(tasks ?? []).map(({ thread }) => thread),
    ]);
    const part = {
      ...picture,
      threads: picture.threads.filter((lane) => places.has(lane.thread) || threads?.includes(lane) === true),
      tasks:
        tasks ??
        (threads === undefined ? picture.tasks : picture.tasks.filter(({ thread }) => places.has(thread))),
    };
    return lanesOf([part], {
      width: 100,
      fromNs: picture.fromNs,
      toNs: Math.max(picture.endNs, picture.fromNs + 1),
    });
  }
}

const MOST_NAMES = 12;

/** Names within a sentence. */
export function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Throws unless it can be the name of a task, a thread or a mark. */
export function checkName(caller: string, name: unknown): asserts name is string {
  if (typeof name === 'string') return;
  throw new TypeError(`${caller}: expected a name, got ${safeInspect(name, 100)}`);
}
