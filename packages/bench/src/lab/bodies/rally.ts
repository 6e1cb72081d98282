import type { Suspension } from '@heddle/runtime';
import type { mpsc } from '@heddle/runtime/sync';
import type { ThreadReceiver, ThreadSender } from '@heddle/runtime/thread';
import { type Gate, throughGate } from './gate.js';

/** The end of a channel between tasks, or between threads: a body uses either in the same words. */
export type SendingEnd = mpsc.Sender<number> | ThreadSender<number>;
export type ReceivingEnd = mpsc.Receiver<number> | ThreadReceiver<number>;

/** Sends a ball, and waits for it to come back, `trips` times. */
export function* ping(
  gate: Gate,
  out: SendingEnd,
  back: ReceivingEnd,
  trips: number,
): Generator<Suspension, number> {
  yield* throughGate(gate);
  let ball = 0;
  for (let trip = 0; trip < trips; trip += 1) {
    yield* out.send(ball + 1);
    ball = (yield* back.recv()) ?? ball;
  }
  return ball;
}

/** Returns each ball that comes, `trips` times. */
export function* pong(
  gate: Gate,
  back: ReceivingEnd,
  out: SendingEnd,
  trips: number,
): Generator<Suspension, void> {
  yield* throughGate(gate);
  for (let trip = 0; trip < trips; trip += 1) yield* out.send(((yield* back.recv()) ?? 0) + 1);
}
