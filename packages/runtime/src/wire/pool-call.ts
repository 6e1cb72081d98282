import { invariant } from '../base/invariant.js';
import type { Seat } from '../base/seat.js';
import type { TaskId } from '../base/task-id.js';
import type { JobFunction, JobMessage } from './job.js';
import type { CarriedValue } from './job-context.js';
import type { Restoration } from './payload.js';
import type { ThreadAnswer } from './thread-messages.js';

/**
 * A job and its answer, as they go to a pool's thread and back.
 *
 * They are short: to clone a message and to make it again is most of what a small job costs, and each object and
 * each named field is a part of that. So an ordinary job is one flat array and an ordinary answer is the value
 * itself, and a function is sent once to each thread, with the number by which it is called from then on.
 */
export type PoolCall = OrdinaryCall | WholeCall;

/**
 * A function that the thread knows, and arguments that need nothing to be made whole: `code` says which task it is and
 * which function, in one number. It stands alone where there are no arguments.
 */
type OrdinaryCall = number | readonly [code: number, ...args: unknown[]];

interface WholeCall {
  readonly taskId: TaskId;
  readonly fn: JobFunction;
  /** How the function is called from now on. */
  readonly number: number | undefined;
  readonly args: unknown;
  /** The thread's slot, in its first call. It keeps that for life. */
  readonly slot: number | undefined;
  /** Where the thread is to write what it does, in its first call of a recording. */
  readonly seat: Seat | undefined;
  readonly name: string | undefined;
  /** Whether to say when the body begins. */
  readonly timed: boolean;
  readonly restore: readonly Restoration[] | undefined;
  readonly context: readonly CarriedValue[] | undefined;
}

/** What a thread is to do. */
export interface ReadCall {
  readonly taskId: TaskId;
  readonly slot: number | undefined;
  readonly seat: Seat | undefined;
  readonly name: string | undefined;
  readonly timed: boolean;
  readonly job: JobMessage;
}

/** What one thread has been told: the host's side. */
export class CallWriter {
  readonly #numbers = new Map<JobFunction, number>();
  readonly #ownSlot: number;
  #slot: number | undefined;
  #ownSeat: Seat | undefined;
  #seat: Seat | undefined;
  #next = 0;

  constructor(slot: number) {
    this.#ownSlot = slot;
    this.#slot = slot;
  }

  /** Says with the next call where the thread is to write what it does. */
  sit(seat: Seat | undefined): void {
    this.#ownSeat = seat;
    this.#seat = seat;
  }

  write(
    taskId: TaskId,
    { fn, args, context }: JobMessage,
    name: string | undefined,
    timed: boolean,
  ): PoolCall {
    const { value, restore } = args;
    const known = this.#numbers.get(fn);
    const isOrdinary = name === undefined && !timed && restore === undefined && context === undefined;
    const seat = this.#seat;
    if (known !== undefined && isOrdinary && seat === undefined) {
      const code = taskId * NUMBERS + known;
      const list = value as readonly unknown[];
      return list.length === 0 ? code : [code, ...list];
    }
    const slot = this.#slot;
    this.#slot = undefined;
    this.#seat = undefined;
    return {
      taskId,
      fn,
      number: known ?? this.#number(fn),
      args: value,
      slot,
      seat,
      name,
      timed,
      restore,
      context,
    };
  }

  /** A call may not have arrived. */
  forget(): void {
    this.#slot = this.#ownSlot;
    this.#seat = this.#ownSeat;
    this.#numbers.clear();
    this.#next = 0;
  }

  #number(fn: JobFunction): number | undefined {
    // More of them are sent whole each time.
    if (this.#numbers.size >= MOST_FUNCTIONS) return undefined;
    this.#next += 1;
    invariant(this.#next < NUMBERS, 'a function of a pool was given a number that is part of a task id');
    this.#numbers.set(fn, this.#next);
    return this.#next;
  }
}

/** What this thread has been told: the thread's side. */
export class CallReader {
  readonly #functions = new Map<number, JobFunction>();

  read(call: PoolCall): ReadCall {
    if (typeof call === 'number') return this.#ordinary(call, NO_ARGS);
    if (isList(call)) {
      const [code, ...value] = call;
      return this.#ordinary(code, value);
    }
    const { taskId, fn, number, args: value, slot, seat, name, timed, restore, context } = call;
    if (number !== undefined) this.#functions.set(number, fn);
    const args = restore === undefined ? { value } : { value, restore };
    return {
      taskId,
      slot,
      seat,
      name,
      timed,
      job: context === undefined ? { fn, args } : { fn, args, context },
    };
  }

  #ordinary(code: number, value: readonly unknown[]): ReadCall {
    const number = code % NUMBERS;
    const fn = this.#functions.get(number);
    invariant(fn !== undefined, 'a pool thread was given a number that it does not know');
    const taskId = (code - number) / NUMBERS;
    return {
      taskId,
      slot: undefined,
      seat: undefined,
      name: undefined,
      timed: false,
      job: { fn, args: { value } },
    };
  }
}

function isList(call: PoolCall): call is OrdinaryCall & object {
  return Array.isArray(call);
}

const NO_ARGS: readonly unknown[] = [];
const MOST_FUNCTIONS = 256;
/** A function's number is below this one: they begin at 1. */
const NUMBERS = MOST_FUNCTIONS + 1;

/** An answer: a value of no parts itself, another value in an array, or whatever else. */
export type PoolAnswer = string | number | boolean | bigint | null | readonly [value: unknown] | ThreadAnswer;

/** Makes the answer short where it can be. */
export function writeAnswer(answer: ThreadAnswer): PoolAnswer {
  if (answer.heddle !== 'value' || answer.payload.restore !== undefined) return answer;
  const { value } = answer.payload;
  // `undefined` says that there is no answer here.
  return value === undefined || (typeof value === 'object' && value !== null)
    ? [value]
    : (value as PoolAnswer);
}

export function readAnswer(data: PoolAnswer): ThreadAnswer {
  if (typeof data !== 'object' || data === null) return { heddle: 'value', payload: { value: data } };
  return Array.isArray(data) ? { heddle: 'value', payload: { value: data[0] } } : (data as ThreadAnswer);
}
