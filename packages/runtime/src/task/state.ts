/**
 * The life of a task as one small integer, and every move it can make.
 *
 *            (1) spawn              (2) startPoll
 *              ────────▶  QUEUED  ─────────────────▶  RUNNING ──┐ (4) wake, abort
 *                          ▲  ▲                        │  │     ▼
 *             (6) wake,    │  └────────────────────────┘  │   WOKEN
 *                 abort    │      (5) suspend: again      │     │ (5) suspend: again
 *                          │                              │     └──────▶ QUEUED
 *                       WAITING ◀─────────────────────────┘
 *                                 (3) suspend: park
 *
 *   (7) settle: from anywhere, once ──▶ SETTLED, which nothing leaves.
 *
 * Beside the phase stand four marks. STARTED: a line of the body may have run; never taken back. ABORTED:
 * someone asked for the end; only the first request counts. UNWINDING: the body was told; set by the one poll
 * that tells it. SHIELDED: the body is inside `shielded`, where it is not told yet. GUEST: its polls need more
 * than a resumption, since it is async or carries a context; never taken back.
 *
 * The functions are the only writers of the integer. Each answers with a verdict that its caller acts on, and
 * never acts itself: nothing here knows a queue, a body or a handle.
 */
export interface StateCell {
  state: number;
}

const QUEUED = 0;
const RUNNING = 1;
const WOKEN = 2;
const WAITING = 3;
const SETTLED = 4;
const PHASE = 7;
const STARTED = 8;
const ABORTED = 16;
const UNWINDING = 32;
const SHIELDED = 64;
const GUEST = 128;

/** The state of a task that was just spawned: queued, not started. */
export const SPAWNED: number = QUEUED;

/** What a poll has to do. */
export const START = 0;
export const RESUME_BODY = 1;
export const UNWIND = 2;
export const DROP = 3;
export const SKIP = 4;
export type PollVerdict = typeof START | typeof RESUME_BODY | typeof UNWIND | typeof DROP | typeof SKIP;

/**
 * (2) Takes a task out of the queue.
 *
 * START: call the body. RESUME_BODY: go on where it suspended. UNWIND: tell it that it is aborted. DROP: it was
 * aborted before it began, so it never does. SKIP: it settled while it stood in the queue.
 */
export function startPoll(cell: StateCell): PollVerdict {
  const state = cell.state;
  if ((state & PHASE) !== QUEUED) return SKIP;
  if ((state & (ABORTED | UNWINDING | SHIELDED)) === ABORTED) {
    cell.state = RUNNING | (state & ~PHASE) | UNWINDING;
    return (state & STARTED) === 0 ? DROP : UNWIND;
  }
  cell.state = RUNNING | STARTED | (state & ~PHASE);
  return (state & STARTED) === 0 ? START : RESUME_BODY;
}

/**
 * (2) Takes a task out of the queue in the ordinary case, which one comparison tells: begun, no guest, not aborted.
 * Answers `false` in every other case, and leaves it to `startPoll`.
 */
export function resumeOrdinary(cell: StateCell): boolean {
  if (cell.state !== (QUEUED | STARTED)) return false;
  cell.state = RUNNING | STARTED;
  return true;
}

/** (5) Ends a poll whose body gave up the thread and nothing else: the task goes straight back into the queue. */
export function yieldPoll(cell: StateCell): void {
  cell.state = QUEUED | (cell.state & ~PHASE);
}

/**
 * (3) Ends a poll whose body suspended in the ordinary case, which one comparison tells: not woken meanwhile, no guest,
 * not aborted. Answers `false` in every other case, and leaves it to `suspend`.
 */
export function parkOrdinary(cell: StateCell): boolean {
  if (cell.state !== (RUNNING | STARTED)) return false;
  cell.state = WAITING | STARTED;
  return true;
}

/** (3, 5) Ends a poll whose body suspended. Answers `true` when the task goes straight back into the queue. */
export function suspend(cell: StateCell): boolean {
  const state = cell.state;
  const phase = state & PHASE;
  if (phase === SETTLED) return false;
  if (phase === WOKEN || (state & (ABORTED | UNWINDING | SHIELDED)) === ABORTED) {
    cell.state = QUEUED | (state & ~PHASE);
    return true;
  }
  cell.state = WAITING | (state & ~PHASE);
  return false;
}

/** (4, 6) Notes that what the task waits for may have come. Answers `true` when it must be put into the queue. */
export function wake(cell: StateCell): boolean {
  const state = cell.state;
  switch (state & PHASE) {
    case WAITING:
      cell.state = QUEUED | (state & ~PHASE);
      return true;
    case RUNNING:
      cell.state = WOKEN | (state & ~PHASE);
      return false;
    default:
      return false;
  }
}

/** What an abort has to do. */
export const IGNORED = 0;
export const NOTED = 1;
export const ENQUEUE = 2;
export type AbortVerdict = typeof IGNORED | typeof NOTED | typeof ENQUEUE;

/**
 * (4, 6) Asks for the end.
 *
 * IGNORED: it had settled, or was asked before. NOTED: the poll that comes or runs will see it. ENQUEUE: it was
 * waiting and must be put into the queue, so that a poll can see it.
 */
export function requestAbort(cell: StateCell): AbortVerdict {
  const state = cell.state;
  if ((state & PHASE) === SETTLED || (state & ABORTED) !== 0) return IGNORED;
  if ((state & PHASE) === WAITING && (state & SHIELDED) === 0) {
    cell.state = QUEUED | (state & ~PHASE) | ABORTED;
    return ENQUEUE;
  }
  cell.state = state | ABORTED;
  return NOTED;
}

/** (7) Ends the task. Answers `false` when it had ended before: a task settles once, and the first cause wins. */
export function settle(cell: StateCell): boolean {
  if ((cell.state & PHASE) === SETTLED) return false;
  cell.state = SETTLED | (cell.state & ~PHASE);
  return true;
}

/** Holds back the telling of an abort until `unshield`. */
export function shield(cell: StateCell): void {
  cell.state |= SHIELDED;
}

/**
 * (6) Lets an abort through again. In a poll, its `suspend` then sees a request that was held back. Between two polls
 * of an async body, answers `true` when there is such a request and the task must be put into the queue.
 */
export function unshield(cell: StateCell): boolean {
  const state = cell.state & ~SHIELDED;
  cell.state = state;
  if ((state & PHASE) !== WAITING || (state & (ABORTED | UNWINDING)) !== ABORTED) return false;
  cell.state = QUEUED | (state & ~PHASE);
  return true;
}

/** Makes every poll of the task go through `startPoll`. */
export function markGuest(cell: StateCell): void {
  cell.state |= GUEST;
}

export function isSettled(cell: StateCell): boolean {
  return (cell.state & PHASE) === SETTLED;
}

export function isWaiting(cell: StateCell): boolean {
  return (cell.state & PHASE) === WAITING;
}

export function isStarted(cell: StateCell): boolean {
  return (cell.state & STARTED) !== 0;
}

/** Whether somebody asked for the end, told or not. */
export function isAborted(cell: StateCell): boolean {
  return (cell.state & ABORTED) !== 0;
}

/** Whether its next poll is the one that tells the body of its abort, or that ends a task which never began. */
export function isToBeTold(cell: StateCell): boolean {
  return !isSettled(cell) && (cell.state & (ABORTED | UNWINDING | SHIELDED)) === ABORTED;
}

/** Whether the body was told. From here on no value of the body counts. */
export function isUnwinding(cell: StateCell): boolean {
  return (cell.state & UNWINDING) !== 0;
}
