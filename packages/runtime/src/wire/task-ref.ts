import { basename } from 'node:path';
import { inspect } from 'node:util';

/**
 * A reference to a function that another module exports: its URL and the export's name, nothing loaded.
 *
 * It is an object and not a function, so that calling it by mistake fails at once instead of running the
 * wrong thing here. What it refers to can be read only through `readTaskRef`, which the package keeps to
 * itself: a program must not take a reference apart and depend on its parts.
 */
export interface TaskRef<E> {
  /** Only for the type checker, which reads from it what the export takes and gives. */
  readonly [exported]: E;
}

/** Where a reference leads. */
export interface TaskTarget {
  /** A `file:` URL, as it was given to `tasksFrom`. */
  readonly url: string;
  readonly name: string;
}

declare const exported: unique symbol;

/** Whether `value` is a reference made by `tasksFrom`. */
export function isTaskRef(value: unknown): value is TaskRef<unknown> {
  return ModuleExport.is(value);
}

/** Where `ref` leads. */
export function readTaskRef(ref: TaskRef<unknown>): TaskTarget {
  return ModuleExport.read(ref);
}

/** Makes the reference that `tasksFrom(url)[name]` gives. */
export function taskRef(target: TaskTarget): TaskRef<unknown> {
  return new ModuleExport(target) as unknown as TaskRef<unknown>;
}

class ModuleExport {
  readonly #target: TaskTarget;

  constructor(target: TaskTarget) {
    this.#target = target;
    Object.freeze(this);
  }

  static is(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #target in value;
  }

  static read(ref: unknown): TaskTarget {
    return (ref as ModuleExport).#target;
  }

  [inspect.custom](): string {
    return `[TaskRef ${basename(this.#target.url)}#${this.#target.name}]`;
  }
}
