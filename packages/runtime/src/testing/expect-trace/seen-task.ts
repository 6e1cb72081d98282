import { debugQuote } from '../../base/printable.js';
import type { TaskLane } from '../../trace/picture/picture.js';
import type { TaskEvent } from '../../trace/trace-event.js';

/** What became of a task, and as the how manieth event of its run: of two at one moment, one was first all the same. */
export class SeenTask {
  readonly lane: TaskLane;
  readonly polledOn: Set<number> = new Set();
  firstPolled: number | undefined;
  settled: number | undefined;

  constructor(lane: TaskLane) {
    this.lane = lane;
  }

  /** How a sentence names it. */
  get text(): string {
    const { name, task } = this.lane;
    return name === undefined ? `task ${task}` : `task ${debugQuote(name)} (${task})`;
  }

  note(event: TaskEvent, place: number): void {
    if (event.k === 'poll') {
      this.firstPolled ??= place;
      this.polledOn.add(event.thread);
    } else if (event.k === 'settle') {
      this.settled ??= place;
    }
  }
}
