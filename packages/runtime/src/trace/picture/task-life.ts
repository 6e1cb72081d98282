import type { PollEnd, TaskEnd, TaskEvent, TaskKey } from '../trace-event.js';
import type { TaskLane, TaskSlice } from './picture.js';

/** A poll as it is put together, and on which thread it was. */
export type Poll = Writable<TaskSlice>;

/**
 * One task: what it did, without a gap, from its first event to its end.
 *
 * Its first event is its spawn, or any other where a ring was written over. Intervals that took no time are kept:
 * where the clock is turned by hand, nearly all of them are such.
 */
export class TaskLife {
  readonly key: TaskKey;
  readonly slices: TaskSlice[] = [];
  name: string | undefined;
  at: string | undefined;
  spawnedBy: TaskKey | undefined;
  /** On which thread it is polled, or was last. */
  polledOn: number | undefined;
  readonly #fromNs: number;
  readonly #spawnedOn: number;
  #spawnedNs: number | undefined;
  /** It was there before the recording: ready, but where the next event says at the same moment that it was not. */
  #isFound = false;
  #firstPolledNs: number | undefined;
  #firstPolledOn: number | undefined;
  #startedOn: number | undefined;
  #polls = 0;
  #waitNs = 0;
  #now: Poll | undefined;
  /** Its body has ended, and the task has not settled yet. */
  #bodyEnded = false;
  #wokenBy: TaskSlice['wokenBy'];
  #aborted: { readonly atNs: number; readonly by: TaskSlice['wokenBy'] } | undefined;
  #end: TaskEnd | undefined;
  #settledNs: number | undefined;
  #toNs: number;

  constructor(key: TaskKey, event: TaskEvent) {
    this.key = key;
    this.#fromNs = event.t;
    this.#toNs = event.t;
    this.#spawnedOn = event.thread;
  }

  get isPolled(): boolean {
    return this.#now?.state === 'polled';
  }

  /** Nothing that comes now is believed, but the end of a poll in which it settled. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  spawn(event: TaskEvent & { k: 'spawn' }): void {
    this.name ??= event.name;
    this.at ??= event.at;
    this.spawnedBy ??= event.by;
    if (this.#now !== undefined || this.isOver || this.#spawnedNs !== undefined) return;
    if (event.early !== true) this.#spawnedNs = event.t;
    this.#isFound = event.early === true;
    this.#turnTo({ fromNs: event.t, toNs: event.t, state: 'ready' });
  }

  /** Begins a poll, which the caller may look at until `endPoll`. */
  poll(atNs: number, thread: number): Poll {
    // An abort makes a waiting task ready without a wake.
    if (this.#now?.state === 'waiting' && this.#aborted !== undefined) {
      this.#ready(Math.max(this.#now.fromNs, this.#aborted.atNs), this.#aborted.by);
    }
    this.#aborted = undefined;
    this.#found(atNs);
    const poll: Poll = { fromNs: atNs, toNs: atNs, state: 'polled' };
    this.#turnTo(poll);
    this.#polls += 1;
    this.#firstPolledNs ??= atNs;
    this.#firstPolledOn ??= thread;
    this.polledOn = thread;
    return poll;
  }

  /** `on` and `of` say what it waits for, if it does. */
  endPoll(atNs: number, end: PollEnd, on?: string, of?: TaskKey): void {
    const poll = this.isPolled ? this.#now : undefined;
    if (this.isOver) {
      if (poll !== undefined) this.#settlePoll(poll, end === 'settled' ? atNs : this.#settledNs);
      return;
    }
    if (poll === undefined) this.#found(atNs);
    else poll.end = end;
    const wokenBy = this.#wokenBy;
    if (end === 'yielded') this.#ready(atNs, undefined);
    else if (end !== 'settled' && wokenBy !== undefined) this.#ready(atNs, wokenBy);
    else this.#wait(atNs, on, of);
    this.#bodyEnded = end === 'settled';
  }

  wake(atNs: number, by: TaskKey | undefined): void {
    if (this.isPolled) this.#wokenBy ??= by ?? 'event loop';
    else if (this.#now?.state !== 'ready' && !this.#bodyEnded) this.#ready(atNs, by ?? 'event loop');
  }

  abort(atNs: number, by: TaskKey | undefined): void {
    this.#aborted ??= { atNs, by: by ?? 'event loop' };
    if (this.#now === undefined) this.#wait(atNs);
  }

  settle(atNs: number, thread: number, end: TaskEnd): void {
    this.#end = end;
    this.#settledNs = atNs;
    if (this.isPolled) return;
    // On the thread of its last poll it settles with its body. A job of another thread does so when that is gone.
    if (this.#bodyEnded && thread === this.polledOn) this.#toNs = this.#now?.fromNs ?? atNs;
    else this.#close(atNs);
    this.#now = undefined;
  }

  /** The thread at this place was started for it. */
  runsOn(thread: number): void {
    this.#startedOn ??= thread;
  }

  /** Ends what is not over: with its thread, or with the recording. */
  finish(endNs: number, threadEnd: (place: number) => number | undefined): TaskLane {
    const gone = this.isPolled ? threadEnd(this.polledOn ?? this.#spawnedOn) : undefined;
    // A poll whose end nobody saw lasted until its thread ended, or goes on.
    if (this.isPolled && (this.isOver || gone !== undefined)) this.#cutPoll(Math.min(endNs, gone ?? endNs));
    if (this.isPolled) this.#close(endNs);
    else this.#finishRest(Math.min(endNs, threadEnd(Number.parseInt(this.key, 10)) ?? endNs));
    return {
      task: this.key,
      name: this.name,
      at: this.at,
      spawnedBy: this.spawnedBy,
      thread: this.#firstPolledOn ?? this.#startedOn ?? this.#spawnedOn,
      fromNs: this.#fromNs,
      toNs: this.#toNs,
      end: this.#end,
      slices: this.slices,
      responseNs: since(this.#spawnedNs, this.#firstPolledNs),
      turnaroundNs: this.isOver ? since(this.#spawnedNs, this.#toNs) : undefined,
      waitNs: this.#waitNs,
      polls: this.#polls,
    };
  }

  /** What happened on a thread after its end contradicts that. */
  #cutPoll(atNs: number): void {
    this.endPoll(Math.max(atNs, this.#now?.fromNs ?? atNs), 'unseen');
  }

  #finishRest(endNs: number): void {
    if (this.#now !== undefined && endNs > this.#now.fromNs) this.#close(endNs);
  }

  #found(atNs: number): void {
    if (this.#isFound && this.#now?.fromNs === atNs) this.#now = undefined;
    this.#isFound = false;
  }

  #settlePoll(poll: Poll, atNs: number | undefined): void {
    poll.end = 'settled';
    this.#close(atNs ?? poll.fromNs);
    this.#now = undefined;
  }

  #ready(atNs: number, wokenBy: TaskSlice['wokenBy']): void {
    const ready: Poll = { fromNs: atNs, toNs: atNs, state: 'ready' };
    if (wokenBy !== undefined) ready.wokenBy = wokenBy;
    this.#turnTo(ready);
  }

  #wait(atNs: number, on?: string, of?: TaskKey): void {
    const waiting: Poll = { fromNs: atNs, toNs: atNs, state: 'waiting' };
    if (on !== undefined) waiting.on = on;
    if (of !== undefined) waiting.of = of;
    this.#turnTo(waiting);
  }

  #turnTo(next: Poll): void {
    this.#close(next.fromNs);
    this.#now = next;
    this.#wokenBy = undefined;
    this.#bodyEnded = false;
  }

  #close(atNs: number): void {
    const now = this.#now;
    if (now === undefined) return;
    now.toNs = Math.max(now.fromNs, atNs);
    this.#toNs = now.toNs;
    if (now.state === 'ready') this.#waitNs += now.toNs - now.fromNs;
    this.slices.push(now);
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function since(fromNs: number | undefined, toNs: number | undefined): number | undefined {
  return fromNs === undefined || toNs === undefined ? undefined : toNs - fromNs;
}
