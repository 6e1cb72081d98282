import { performance } from 'node:perf_hooks';
import { osThreadId } from '../../base/os-thread.js';
import type { Seat } from '../../base/seat.js';
import { Joining } from '../../task/joining.js';
import { type KnownEnd, type ObservedEnd, type Observer, SUSPENDED } from '../../task/observer.js';
import { Task } from '../../task/task.js';
import { clockNs } from './clock-ns.js';
import {
  arenaWords,
  BEGAN_MS,
  CLOCK_NS,
  ENDED_NS,
  FIELDS,
  GONE_NS,
  JOB,
  leavePlace,
  NAME,
  OVER,
  PARENT,
  partsOf,
  ROUNDS,
  type SeatParts,
  TEXTS_LOST,
  TEXTS_USED,
  TID,
  takePlace,
  WRITTEN,
} from './layout.js';
import {
  ABORT,
  DETAIL,
  ENDS,
  FOUND,
  KNOWN,
  KNOWN_JOIN,
  MARK,
  PARK,
  PEND,
  PEND_JOIN,
  POLL,
  SECOND_TEXT,
  SETTLE,
  SPAWN,
  UNPARK,
  WAKE,
} from './record-kinds.js';
import { siteText } from './site-text.js';
import { TextWriter } from './texts.js';

/**
 * Writes what becomes of the tasks of one thread into its seat, from where any thread can read it.
 *
 * The newest events are kept, and each is published by the atomic store of how many were written: a reader sees an
 * event whole, or knows that it was written over while it read. An event is four stores of numbers, one of the count,
 * and mostly a look at the clock.
 *
 * Rejected: to stop at the end of the ring. The last events before a hang are those that are asked for.
 */
export class RingWriter implements Observer {
  readonly #seat: Seat;
  readonly #parts: SeatParts;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #ring: Float64Array<SharedArrayBuffer>;
  readonly #texts: TextWriter;
  readonly #arena: Int32Array<SharedArrayBuffer>;
  readonly #over: () => void;
  #at = 0;
  #written = 0;

  /**
   * Takes the seat. `name` is what this thread is called in the recording. `over` is called, between two polls, when
   * who began the recording has stopped it.
   */
  constructor(seat: Seat, name: string, over: () => void) {
    this.#seat = seat;
    this.#arena = arenaWords(seat.arena);
    this.#over = over;
    const parts = partsOf(seat.arena, seat.place);
    this.#parts = parts;
    this.#words = parts.words;
    this.#ring = parts.ring;
    this.#texts = new TextWriter(
      parts.texts,
      (bytes) => Atomics.store(parts.words, TEXTS_USED, bytes),
      () => Atomics.add(parts.words, TEXTS_LOST, 1),
    );
    parts.words[TID] = osThreadId() ?? 0;
    parts.words[NAME] = this.#texts.numberOf(name);
    parts.numbers[CLOCK_NS] = clockNs();
    parts.numbers[BEGAN_MS] = performance.now();
    // Says that all of this is there.
    Atomics.store(parts.words, WRITTEN, 0);
  }

  /** The memory of the recording that this is part of. */
  get arena(): SharedArrayBuffer {
    return this.#seat.arena;
  }

  spawned(task: Task<unknown>, by: Task<unknown> | undefined): void {
    this.#writeSpawn(performance.now(), SPAWN, task, by);
  }

  found(task: Task<unknown>, atMs: number): void {
    this.#writeSpawn(atMs, FOUND, task, undefined);
  }

  pollBegan(task: Task<unknown>, ready: number, atMs: number): void {
    this.#write(atMs, POLL, numberOf(task), ready);
  }

  pollEnded(task: Task<unknown>, end: ObservedEnd, atMs: number): void {
    if (end === SUSPENDED) this.#writeWait(atMs, PEND, task);
    else this.#write(atMs, PEND + end * DETAIL, numberOf(task), 0);
  }

  pollKnown(task: Task<unknown>, end: KnownEnd): void {
    const nowMs = performance.now();
    if (end === SUSPENDED) this.#writeWait(nowMs, KNOWN, task);
    else this.#write(nowMs, KNOWN + end * DETAIL, numberOf(task), 0);
  }

  woken(task: Task<unknown>, by: Task<unknown> | undefined): void {
    this.#write(performance.now(), WAKE, numberOf(task), by === undefined ? 0 : numberOf(by));
  }

  aborted(task: Task<unknown>, by: Task<unknown> | undefined): void {
    this.#write(performance.now(), ABORT, numberOf(task), by === undefined ? 0 : numberOf(by));
  }

  settled(task: Task<unknown>): void {
    const { outcome } = task;
    // What was refused at its spawn has no outcome.
    const end = outcome === undefined ? 'cancelled' : outcome.ok ? 'value' : outcome.error.kind;
    this.#write(performance.now(), SETTLE, numberOf(task), ENDS.indexOf(end));
  }

  parked(): void {
    this.#write(performance.now(), PARK, 0, 0);
  }

  unparked(): void {
    this.#write(performance.now(), UNPARK, 0, 0);
    if (Atomics.load(this.#arena, OVER) === 1) this.#over();
  }

  marked(name: string): void {
    this.#write(performance.now(), MARK, 0, this.#texts.markOf(name));
  }

  seat(job: Task<unknown> | undefined): Seat | undefined {
    const { arena } = this.#seat;
    const place = takePlace(arena);
    if (place === undefined) return undefined;
    const { words } = partsOf(arena, place);
    words[PARENT] = this.#seat.place;
    words[JOB] = job === undefined ? 0 : numberOf(job);
    return { arena, place };
  }

  unused(seat: Seat): void {
    if (seat.arena === this.#seat.arena) leavePlace(seat);
  }

  gone({ arena, place }: Seat): void {
    if (arena !== this.#seat.arena) return;
    partsOf(arena, place).numbers[GONE_NS] = clockNs() + performance.now() * 1e6;
  }

  /** This thread ends, or is recorded no longer. */
  end(): void {
    const { numbers } = this.#parts;
    numbers[ENDED_NS] = (numbers[CLOCK_NS] ?? 0) + performance.now() * 1e6;
  }

  #writeSpawn(atMs: number, kind: number, task: Task<unknown>, by: Task<unknown> | undefined): void {
    const { attributes } = task;
    let texts = 0;
    if (attributes !== undefined) {
      const { name, spawnedAt } = attributes;
      const at = spawnedAt === undefined ? 0 : this.#texts.numberOf(siteText(spawnedAt));
      texts = this.#texts.numberOf(name) + at * SECOND_TEXT;
    }
    const maker = by === undefined ? 0 : numberOf(by);
    this.#write(atMs, kind + texts * DETAIL, numberOf(task), maker);
  }

  /** PEND or KNOWN, and its form for who waits for a task, come one after the other. */
  #writeWait(atMs: number, kind: typeof PEND | typeof KNOWN, task: Task<unknown>): void {
    const { waitsFor } = task;
    if (waitsFor instanceof Task) this.#writeJoin(atMs, kind, task, numberOf(waitsFor));
    else if (waitsFor instanceof Joining) this.#writeJoin(atMs, kind, task, numberOf(waitsFor.task));
    else {
      const what = waitsFor?.what;
      // Of an async task, whose body says what it waits for, in words alone.
      const joined = what?.startsWith(HANDLE) === true ? Number(ONE_HANDLE.exec(what)?.[1]) : Number.NaN;
      if (joined > 0) this.#writeJoin(atMs, kind, task, joined);
      else {
        this.#write(atMs, kind + SUSPENDED * DETAIL, numberOf(task), this.#texts.waitOf(what));
      }
    }
  }

  #writeJoin(atMs: number, kind: typeof PEND | typeof KNOWN, task: Task<unknown>, joined: number): void {
    const join = kind === PEND ? PEND_JOIN : KNOWN_JOIN;
    this.#write(atMs, join + SUSPENDED * DETAIL, numberOf(task), joined);
  }

  #write(atMs: number, kind: number, task: number, more: number): void {
    const ring = this.#ring;
    const at = this.#at;
    ring[at] = atMs;
    ring[at + 1] = kind;
    ring[at + 2] = task;
    ring[at + 3] = more;
    this.#at = at + FIELDS === ring.length ? 0 : at + FIELDS;
    this.#written = (this.#written + 1) | 0;
    if (this.#written === 0) Atomics.add(this.#words, ROUNDS, 1);
    Atomics.store(this.#words, WRITTEN, this.#written);
  }
}

const HANDLE = 'handle of task ';
const ONE_HANDLE = /^handle of task (\d+)(?: "[^"]*")?$/;

/** See record-kinds.ts. */
function numberOf({ id, attributes }: Task<unknown>): number {
  return attributes !== undefined && attributes.isRoot === true ? -id : id;
}
