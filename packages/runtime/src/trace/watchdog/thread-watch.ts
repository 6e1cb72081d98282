import { arenaWords, partsOf, SEATS, TAKEN, TID } from '../ring/layout.js';
import { runOf } from '../ring/run-of.js';
import { type PollUnderWay, pollUnderWay } from './poll-under-way.js';
import { stuckReport } from './stuck-report.js';
import { type ThreadTime, threadTime, timeInWords } from './thread-time.js';

/**
 * Watches the threads of a recording from outside, by what they have written: it needs nothing of them, so it sees one
 * that hangs as well as any other.
 *
 * A poll that lasts is said once, and again when it is over. A thread that is stuck again within a second of that is
 * the same fault, and not said: a task that holds its thread in each of its polls would fill the screen. What a thread
 * was started for may take its time, as long as it holds no other task up.
 */
export class ThreadWatch {
  readonly #arena: SharedArrayBuffer;
  readonly #limitNs: number;
  readonly #seats = new Map<number, Watched>();
  #lastNs: number | undefined;

  constructor(arena: SharedArrayBuffer, limitMs: number) {
    this.#arena = arena;
    this.#limitNs = limitMs * 1e6;
  }

  /** Looks at all threads. `nowNs` is on the monotonic clock. Gives what is to be said. */
  look(nowNs: number): string[] {
    // Who was stopped for long with the whole process has not seen what the others did since.
    const isLate = this.#lastNs !== undefined && nowNs - this.#lastNs > this.#limitNs / 2 + LATE_NS;
    this.#lastNs = nowNs;
    const words = arenaWords(this.#arena);
    const taken = Math.min(Atomics.load(words, TAKEN), words[SEATS] ?? 0);
    return Array.from({ length: taken }, (_, place) => this.#lookAt(place, nowNs, isLate)).flat();
  }

  #lookAt(place: number, nowNs: number, isLate: boolean): string[] {
    const seat = this.#seats.get(place) ?? { looks: [], quietSinceNs: Number.NEGATIVE_INFINITY };
    this.#seats.set(place, seat);
    const { numbers, words } = partsOf(this.#arena, place);
    const [, , endedNs = 0, goneNs = 0] = numbers;
    const isGone = endedNs > 0 || goneNs > 0;
    const look = isGone ? ({ kind: 'idle' } as const) : pollUnderWay(this.#arena, place);
    const poll = look.kind === 'polling' ? look.poll : look.kind === 'lost' ? seat.poll : undefined;
    const said: string[] = [];
    if (seat.poll !== undefined && poll?.sinceNs !== seat.poll.sinceNs) {
      if (seat.said !== undefined) {
        seat.quietSinceNs = nowNs;
        said.push(
          `heddle: ${seat.said} ${isGone ? 'was ended' : 'came back'} after ${ms(nowNs - seat.poll.sinceNs)} ms`,
        );
      }
      seat.said = undefined;
    }
    const time = threadTime(words[TID] ?? 0, nowNs);
    if (poll?.sinceNs !== seat.poll?.sinceNs) seat.looks = [];
    if (poll !== undefined && seat.said === undefined && time !== undefined) {
      seat.looks.push(time);
      if (seat.looks.length > MOST_LOOKS) seat.looks.shift();
    }
    seat.poll = poll;
    if (poll === undefined || seat.said !== undefined || isLate) return said;
    if (nowNs - poll.sinceNs < this.#limitNs || poll.sinceNs - seat.quietSinceNs < QUIET_NS) return said;
    if (poll.isJob && !poll.holdsOthersUp) return said;
    // Computing or blocked is told by several looks, also where the poll was long when it was found.
    if (time !== undefined && seat.looks.length < LOOKS) return said;
    const run = runOf(this.#arena, { label: '', untilNs: nowNs, isOver: false, usage: NO_USAGE });
    const report = stuckReport(run, place, ms(nowNs - poll.sinceNs), timeInWords(seat.looks));
    seat.said = report.who;
    return [...said, ...report.lines];
  }
}

interface Watched {
  poll?: PollUnderWay | undefined;
  /** What the thread was found at since this poll was first seen. */
  looks: ThreadTime[];
  /** Who was said to be stuck in it. */
  said?: string | undefined;
  quietSinceNs: number;
}

const LOOKS = 3;
const MOST_LOOKS = 20;
const LATE_NS = 500e6;
const QUIET_NS = 1e9;
const NO_USAGE = { cpuNs: 0, voluntary: 0, involuntary: 0 };

function ms(ns: number): number {
  return Math.round(ns / 1e6);
}
