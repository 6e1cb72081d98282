import { Runtime, sleep } from '@heddle/runtime';
import {
  advance,
  Instant,
  interval,
  intervalAt,
  pause,
  resume,
  sleepUntil,
  timeoutAt,
} from '@heddle/runtime/time';
import { type Provocations, panicOf, wrong } from '../provocations.js';

export const time: Provocations = {
  '‹caller›: ‹name› must be a finite number of milliseconds, got ‹n›': [
    () => advance(Number.POSITIVE_INFINITY),
    () => Instant.now().add(Number.POSITIVE_INFINITY),
    () => Instant.now().sub(Number.POSITIVE_INFINITY),
  ],
  'advance: time is not frozen': () => advance(1),
  'pause: time is already frozen': () => stopped(pause),
  'resume: time is not frozen': resume,
  '‹caller›: `period` must be non-zero.': [() => interval(0), () => intervalAt(Instant.now(), 0)],
  "‹caller›: expected 'burst', 'delay' or 'skip', got ‹value›": () =>
    interval(1).setMissedTickBehavior(wrong('bursts')),
  "‹caller›: this instant is of another runtime's clock, and one of the two was stopped.": async () => {
    const elsewhere = Instant.now();
    return stopped(() => sleepUntil(elsewhere));
  },
  '‹caller›: ‹name› must be an Instant, got ‹value›': [
    () => sleepUntil(wrong(5)),
    () => sleep(1).reset(wrong(5)),
    () => timeoutAt(wrong(new Date()), sleep(1)),
    () => intervalAt(wrong(0), 5),
    () => interval(5).resetAt(wrong(0)),
    () => Instant.now().compare(wrong(5)),
    () => Instant.now().durationSince(wrong(5)),
  ],
};

/** What `body` throws where the clock is stopped. */
function stopped(body: () => unknown): Promise<unknown> {
  return panicOf(new Runtime({ startPaused: true }).spawn(body));
}
