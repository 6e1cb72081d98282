import type { PollEnd, TaskEvent, TaskKey, TraceEvent } from '../trace-event.js';
import { FIELDS } from './layout.js';
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
import type { SeatRecord } from './ring-reader.js';

type Pend = Extract<TaskEvent, { k: 'pend' }>;

const POLL_ENDS: readonly PollEnd[] = ['yielded', 'suspended', 'settled', 'unseen'];
const OF_OTHERS = 'a promise that is not of heddle';

/**
 * The events of one thread, in order, with times on the monotonic clock in nanoseconds.
 *
 * How a poll of an async task ended is written when it is known, after other events perhaps. Here it is put where the
 * poll ended. A task that settles before its executor has parked did so in its last poll.
 */
export function eventsOf(seat: SeatRecord): TraceEvent[] {
  return new Decoder(seat).events();
}

class Decoder {
  readonly #seat: SeatRecord;
  readonly #events: TraceEvent[] = [];
  readonly #names = new Map<TaskKey, string>();
  /** Where in the events the last poll of a task ended, while it is not known how. */
  readonly #unknown = new Map<TaskKey, number>();

  constructor(seat: SeatRecord) {
    this.#seat = seat;
  }

  events(): TraceEvent[] {
    const { place, name, tid, parent, job, beganNs, endedNs, events } = this.#seat;
    this.#events.push({
      t: beganNs,
      k: 'thread',
      thread: place,
      name,
      ...(tid === 0 ? {} : { tid }),
      ...(job === 0 ? {} : { job: `${parent}:${job}` as const }),
    });
    for (let at = 0; at < events.length; at += FIELDS) this.#read(events, at);
    if (endedNs > 0) this.#events.push({ t: endedNs, k: 'exit', thread: place });
    return this.#events;
  }

  #read(events: Float64Array, at: number): void {
    // By index: to take a list apart asks its iterator, which costs ten times the rest.
    const atMs = events[at] ?? 0;
    const code = events[at + 1] ?? 0;
    const number = events[at + 2] ?? 0;
    const more = events[at + 3] ?? 0;
    const { place: thread, clockNs, textOf } = this.#seat;
    const on = { t: clockNs + atMs * 1e6, thread };
    const kind = code % DETAIL;
    const detail = Math.floor(code / DETAIL);
    const task = this.#keyOf(number);
    const by = more === 0 ? {} : { by: this.#keyOf(more) };
    switch (kind) {
      case SPAWN:
      case FOUND: {
        const name = textOf(detail % SECOND_TEXT);
        if (name !== undefined) this.#names.set(task, name);
        const site = textOf(Math.floor(detail / SECOND_TEXT));
        this.#events.push({
          ...on,
          k: 'spawn',
          task,
          ...by,
          ...(name === undefined ? {} : { name }),
          ...(site === undefined ? {} : { at: site }),
          ...(kind === FOUND ? { early: true } : {}),
        });
        return;
      }
      case POLL:
        this.#unknown.delete(task);
        this.#events.push({ ...on, k: 'poll', task, ready: more });
        return;
      case PEND:
      case PEND_JOIN: {
        const end = POLL_ENDS[detail] ?? 'unseen';
        if (end === 'unseen') this.#unknown.set(task, this.#events.length);
        this.#events.push({ ...on, k: 'pend', task, end, ...this.#waits(kind, end, more) });
        return;
      }
      case KNOWN:
      case KNOWN_JOIN: {
        const end = POLL_ENDS[detail] ?? 'unseen';
        this.#know(task, end, this.#waits(kind, end, more));
        return;
      }
      case WAKE:
        this.#events.push({ ...on, k: 'wake', task, ...by });
        return;
      case ABORT:
        this.#events.push({ ...on, k: 'abort', task, ...by });
        return;
      case SETTLE:
        this.#know(task, 'settled', {});
        this.#events.push({ ...on, k: 'settle', task, end: ENDS[more] ?? 'value' });
        return;
      case PARK:
        this.#unknown.clear();
        this.#events.push({ ...on, k: 'park' });
        return;
      case UNPARK:
        this.#events.push({ ...on, k: 'unpark' });
        return;
      case MARK:
        this.#events.push({ ...on, k: 'mark', name: textOf(more) ?? '' });
        return;
    }
  }

  #know(task: TaskKey, end: PollEnd, waits: Pick<Pend, 'on' | 'of'>): void {
    const at = this.#unknown.get(task);
    if (at === undefined) return;
    this.#unknown.delete(task);
    const { on: _, of: __, ...pend } = this.#events[at] as Pend;
    this.#events[at] = { ...pend, end, ...waits };
  }

  #waits(kind: number, end: PollEnd, more: number): Pick<Pend, 'on' | 'of'> {
    if (kind === PEND_JOIN || kind === KNOWN_JOIN) {
      const of = this.#keyOf(more);
      const name = this.#names.get(of);
      return { on: `handle of task ${Math.abs(more)}${name === undefined ? '' : ` "${name}"`}`, of };
    }
    const on = end === 'unseen' ? OF_OTHERS : this.#seat.textOf(more);
    return on === undefined ? {} : { on };
  }

  /** See record-kinds.ts. */
  #keyOf(number: number): TaskKey {
    const { place, parent } = this.#seat;
    return number < 0 ? `${parent}:${-number}` : `${place}:${number}`;
  }
}
