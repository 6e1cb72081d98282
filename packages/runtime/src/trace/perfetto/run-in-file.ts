import { printable } from '../../base/printable.js';
import type { Picture, TaskLane, ThreadLane } from '../picture/picture.js';
import type { TaskKey } from '../trace-event.js';

/**
 * The place of one run in a file: its numbers, its names and its zero.
 *
 * Perfetto finds a thread by its tid alone before it looks at the process, so no tid stands for two things in a file:
 * a thread has the number that the kernel gave it unless another run has taken that, and tasks, which are shown as
 * threads of a process that does not exist, have numbers that no kernel gives. Number 0 is Perfetto's for idle CPUs.
 * There is one set of CPUs as well: those of the second run come after those of the first.
 */
export class RunInFile {
  readonly picture: Picture;
  /** `A: tasks` where there is more than one run. */
  readonly title: string;
  readonly order: number;
  readonly pid: number;
  readonly tasksPid: number;
  readonly cpusPid: number;
  readonly statesPid: number;
  readonly #firstCpu: number;
  readonly #shiftNs: number;
  readonly #numbers: Numbers;
  readonly #threads: readonly number[];
  readonly #byPlace = new Map<number, number>();
  readonly #byTid = new Map<number, ThreadLane>();
  readonly #tasks = new Map<TaskKey, number>();

  constructor(picture: Picture, title: string, order: number, file: FileSoFar) {
    this.picture = picture;
    this.title = title;
    this.order = order;
    this.#firstCpu = file.cpus;
    this.#shiftNs = file.shiftNs;
    this.#numbers = file.numbers;
    this.#threads = picture.threads.map(({ tid }) => file.numbers.claim(tid));
    // The process has the number of its main thread, as in the kernel.
    this.pid = this.#threads[0] ?? file.numbers.claim(undefined);
    this.tasksPid = file.numbers.claim(undefined);
    this.cpusPid = file.numbers.claim(undefined);
    this.statesPid = file.numbers.claim(undefined);
    for (const [index, lane] of picture.threads.entries()) {
      if (lane.thread !== undefined) this.#byPlace.set(lane.thread, this.#threads[index] as number);
      if (lane.tid !== undefined) this.#byTid.set(lane.tid, lane);
    }
    for (const { task } of picture.tasks) this.#tasks.set(task, file.numbers.claim(undefined));
  }

  /** A moment of the run, as the file has it. */
  ts(ns: number): number {
    return (ns + this.#shiftNs) / 1_000;
  }

  /** The number of a thread, by its index in the picture. */
  threadNumber(index: number): number {
    return this.#threads[index] as number;
  }

  /** The number of the thread at a place of the recording; a new one where it left no lane. */
  placeNumber(place: number): number {
    const known = this.#byPlace.get(place) ?? this.newNumber();
    this.#byPlace.set(place, known);
    return known;
  }

  taskNumber(task: TaskKey): number | undefined {
    return this.#tasks.get(task);
  }

  /** The number of a CPU; Perfetto has no more than 4096 of them, and breaks off at one more. */
  cpuNumber(cpu: number | undefined): number | undefined {
    return cpu === undefined || this.#firstCpu + cpu >= 4_096 ? undefined : this.#firstCpu + cpu;
  }

  newNumber(): number {
    return this.#numbers.claim(undefined);
  }

  /** Who that was, in words. */
  whoHas(tid: number | 'other' | 'idle'): string {
    if (tid === 'other') return 'another program';
    if (tid === 'idle') return 'nobody';
    const lane = this.#byTid.get(tid);
    return lane === undefined ? `thread ${tid}` : threadName(lane);
  }
}

/** What the runs before have taken. */
export interface FileSoFar {
  readonly numbers: Numbers;
  readonly shiftNs: number;
  readonly cpus: number;
}

/** Numbers that each stand for one thing in a file. */
export class Numbers {
  readonly #taken = new Set<number>();
  // Above what Linux gives (at most 2 ** 22), below where a 32-bit number would be negative.
  #next = 10_000_000;

  claim(wanted: number | undefined): number {
    if (wanted !== undefined && wanted > 0 && wanted < this.#next && !this.#taken.has(wanted)) {
      this.#taken.add(wanted);
      return wanted;
    }
    this.#next += 1;
    return this.#next;
  }
}

// Perfetto refuses an empty name, and an escape for half a surrogate pair ends its reading of the file.
export function threadName(lane: ThreadLane): string {
  return lane.name === '' ? `thread ${lane.thread ?? lane.tid}` : printable(lane.name);
}

export function taskName(lane: TaskLane): string {
  return lane.name === undefined || lane.name === '' ? `task ${lane.task}` : printable(lane.name);
}
