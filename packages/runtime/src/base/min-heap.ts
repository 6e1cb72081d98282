/** What a heap holds: a key that decides the order, a serial that keeps equal keys first-in-first-out, its place. */
export interface HeapEntry {
  readonly key: number;
  readonly serial: number;
  /** Where the entry is, or -1 while it is in no heap. Written by the heap alone. */
  place: number;
}

/** A binary heap whose smallest key comes first and from which any entry can be taken in logarithmic time. */
export class MinHeap<E extends HeapEntry> {
  readonly #entries: E[] = [];

  get size(): number {
    return this.#entries.length;
  }

  peek(): E | undefined {
    return this.#entries[0];
  }

  push(entry: E): void {
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  pop(): E | undefined {
    const first = this.#entries[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Takes `entry` out. Answers `false` when it was not in the heap. */
  remove(entry: E): boolean {
    const at = entry.place;
    if (at < 0) return false;
    entry.place = -1;
    const last = this.#entries.pop() as E;
    if (last !== entry) {
      this.#sink(last, at);
      if (last.place === at) this.#rise(last, at);
    }
    return true;
  }

  #rise(entry: E, from: number): void {
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#entries[up] as E;
      if (!before(entry, parent)) break;
      this.#put(parent, at);
      at = up;
    }
    this.#put(entry, at);
  }

  #sink(entry: E, from: number): void {
    const size = this.#entries.length;
    let at = from;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      const right = down + 1;
      if (right < size && before(this.#entries[right] as E, this.#entries[down] as E)) down = right;
      const child = this.#entries[down] as E;
      if (!before(child, entry)) break;
      this.#put(child, at);
      at = down;
    }
    this.#put(entry, at);
  }

  #put(entry: E, at: number): void {
    this.#entries[at] = entry;
    entry.place = at;
  }
}

function before(a: HeapEntry, b: HeapEntry): boolean {
  return a.key < b.key || (a.key === b.key && a.serial < b.serial);
}
