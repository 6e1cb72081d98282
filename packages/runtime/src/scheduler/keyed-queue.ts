import { type HeapEntry, MinHeap } from '../base/min-heap.js';
import type { Ready } from './policy.js';

/** A queue whose smallest key is next. Equal keys are first come, first served. All but its listing is logarithmic. */
export class KeyedQueue {
  readonly #heap = new MinHeap<Keyed>();
  readonly #entries = new Map<Ready, Keyed>();
  #pushes = 0;

  get size(): number {
    return this.#entries.size;
  }

  push(task: Ready, key: number): void {
    this.#pushes += 1;
    const entry = { task, key, serial: this.#pushes, place: -1 };
    this.#entries.set(task, entry);
    this.#heap.push(entry);
  }

  pop(): Keyed | undefined {
    const first = this.#heap.pop();
    if (first !== undefined) this.#entries.delete(first.task);
    return first;
  }

  remove(task: Ready): boolean {
    const entry = this.#entries.get(task);
    if (entry === undefined) return false;
    this.#heap.remove(entry);
    return this.#entries.delete(task);
  }

  /** The tasks in the order in which they came. */
  [Symbol.iterator](): Iterator<Ready> {
    return this.#entries.keys();
  }
}

interface Keyed extends HeapEntry {
  readonly task: Ready;
}
