import { printable } from '../../base/printable.js';
import type { Picture, TaskLane } from '../picture/picture.js';
import { pictureOf } from '../picture/picture-of.js';
import type { TraceRun } from '../trace.js';
import type { TraceEvent } from '../trace-event.js';
import { readyOn, taskText, threadText, whoWaits } from './who-waits.js';

/** What is said of a thread that does not come back from a poll: the lines, and which task it polls. */
export interface StuckReport {
  readonly who: string;
  readonly lines: readonly string[];
}

export function stuckReport(run: TraceRun, place: number, forMs: number, time: string): StuckReport {
  const picture = pictureOf(run);
  const stuck = picture.tasks.find((lane) => lane.thread === place && isPolled(lane));
  const who = `${stuck === undefined ? 'a task' : taskText(stuck)} on ${threadText(picture, place)}`;
  const site = stuck?.at === undefined ? '' : `, spawned at ${printable(stuck.at)}`;
  const waits = whoWaits(picture, stuck, place);
  return {
    who,
    lines: [
      `heddle: ${who} has not come back from a poll for ${forMs} ms${site}`,
      `  ${time}`,
      `  ${readyText(readyOn(picture, place), picture.endNs)}`,
      ...(waits.length === 0 ? [] : ['  who waits for whom:', ...waits.map((line) => `    ${line}`)]),
      '  the last events, in ms before now:',
      ...lastEvents(run, picture).map((line) => `    ${line}`),
    ],
  };
}

function isPolled({ end, slices }: TaskLane): boolean {
  return end === undefined && slices.at(-1)?.state === 'polled';
}

function readyText(ready: readonly TaskLane[], nowNs: number): string {
  if (ready.length === 0) return 'no other task of this thread is ready';
  const since = (lane: TaskLane): string =>
    `${taskText(lane)} for ${ms(nowNs - (lane.slices.at(-1)?.fromNs ?? nowNs))} ms`;
  const named = ready.slice(0, MOST_NAMED).map(since).join(', ');
  const rest = ready.length > MOST_NAMED ? `, and ${ready.length - MOST_NAMED} more` : '';
  const what = ready.length === 1 ? '1 other task is' : `${ready.length} other tasks are`;
  return `${what} ready and cannot run: ${named}${rest}`;
}

const MOST_NAMED = 5;
const MOST_EVENTS = 10;

function lastEvents(run: TraceRun, picture: Picture): string[] {
  const names = new Map(picture.tasks.map((lane) => [lane.task, taskText(lane)]));
  const said = run.events.flatMap((event) => {
    const text = eventText(event, (task) => names.get(task) ?? taskText({ task, name: undefined }));
    return text === undefined ? [] : [{ event, text }];
  });
  return said.slice(-MOST_EVENTS).map(({ event, text }) => `${ms(run.endNs - event.t)}  ${text}`);
}

function eventText(event: TraceEvent, name: (task: TaskLane['task']) => string): string | undefined {
  switch (event.k) {
    case 'spawn':
      return `${name(event.task)} spawned${event.by === undefined ? '' : ` by ${name(event.by)}`}`;
    case 'poll':
      return `${name(event.task)} polled`;
    case 'pend':
      return `${name(event.task)} ${event.end}${event.on === undefined ? '' : `, waits for ${printable(event.on)}`}`;
    case 'wake':
      return `${name(event.task)} woken by ${event.by === undefined ? 'the event loop' : name(event.by)}`;
    case 'abort':
      return `${name(event.task)} aborted`;
    case 'settle':
      return `${name(event.task)} ended: ${event.end}`;
    case 'mark':
      return `mark "${printable(event.name)}"`;
    case 'thread':
    case 'park':
    case 'unpark':
    case 'exit':
    case 'on':
    case 'off':
    case 'waking':
    case 'migrate':
    case 'fork':
    case 'gone':
    case 'count':
      return undefined;
  }
}

function ms(ns: number): number {
  return Math.round(ns / 1e6);
}
