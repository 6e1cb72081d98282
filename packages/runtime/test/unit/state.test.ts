import { describe, expect, it } from 'vitest';
import * as state from '../../src/task/state.js';
import { EVENTS, type Event, expected, FRESH, type Model, mustTell, possible } from './state-model.js';

const POLL_VERDICTS = new Map<unknown, string>([
  [state.START, 'start'],
  [state.RESUME_BODY, 'resume'],
  [state.UNWIND, 'unwind'],
  [state.DROP, 'drop'],
  [state.SKIP, 'skip'],
]);
const ABORT_VERDICTS = new Map<unknown, string>([
  [state.IGNORED, 'ignored'],
  [state.NOTED, 'noted'],
  [state.ENQUEUE, 'enqueue'],
]);

function apply(cell: state.StateCell, event: Event): unknown {
  switch (event) {
    case 'poll':
      return POLL_VERDICTS.get(state.startPoll(cell));
    case 'suspend':
      return state.suspend(cell);
    case 'wake':
      return state.wake(cell);
    case 'abort':
      return ABORT_VERDICTS.get(state.requestAbort(cell));
    case 'settle':
      return state.settle(cell);
    case 'shield':
      return state.shield(cell);
    case 'unshield':
      return state.unshield(cell);
  }
}

/** One history: what happened and was answered, and what held after each event. */
interface History {
  readonly steps: readonly { readonly event: Event; readonly answer: unknown; readonly after: Model }[];
  readonly cell: state.StateCell;
}

const LONGEST = 7;

/** Calls `check` for every history of one to seven events that callers can produce. */
function everyHistory(check: (history: History) => void): number {
  let count = 0;
  const walk = (steps: History['steps'], cell: state.StateCell, model: Model): void => {
    for (const event of EVENTS) {
      if (!possible(model, event)) continue;
      const next = { ...cell };
      const { after } = expected(model, event);
      const history = { steps: [...steps, { event, answer: apply(next, event), after }], cell: next };
      count += 1;
      check(history);
      if (history.steps.length < LONGEST) walk(history.steps, next, after);
    }
  };
  walk([], { state: state.SPAWNED }, FRESH);
  return count;
}

/** Fails with the whole history in the message. `expect` for each of them would take a minute. */
function must(holds: boolean, promise: string, { steps }: History): void {
  if (holds) return;
  throw new Error(
    `${promise}: ${steps.map(({ event, answer }) => `${event} → ${String(answer)}`).join(', ')}`,
  );
}

const last = <T>(items: readonly T[]): T => items.at(-1) as T;

describe('over every history of up to seven events, the state of a task', () => {
  it('answers as the model does, and shows the same flags', () => {
    const seen = new Set<string>();
    const count = everyHistory((history) => {
      const { event, answer, after } = last(history.steps);
      const before = history.steps.at(-2)?.after ?? FRESH;
      must(answer === expected(before, event).answer, 'another answer than the model', history);
      const { cell } = history;
      must(state.isSettled(cell) === after.settled, 'isSettled', history);
      must(state.isStarted(cell) === after.started, 'isStarted', history);
      must(state.isAborted(cell) === after.asked, 'isAborted', history);
      must(state.isUnwinding(cell) === after.told, 'isUnwinding', history);
      const waiting = !after.settled && !after.inQueue && !after.polling;
      must(state.isWaiting(cell) === waiting, 'isWaiting', history);
      seen.add(`${event} ${String(answer)}`);
    });
    expect(count).toBeGreaterThan(40_000);
    expect([...seen].sort()).toEqual([
      'abort enqueue',
      'abort ignored',
      'abort noted',
      'poll drop',
      'poll resume',
      'poll skip',
      'poll start',
      'poll unwind',
      'settle false',
      'settle true',
      'shield undefined',
      'suspend false',
      'suspend true',
      'unshield false',
      'unshield true',
      'wake false',
      'wake true',
    ]);
  });

  it('puts a task into the queue only when it stands nowhere', () => {
    everyHistory((history) => {
      const { answer, event } = last(history.steps);
      const before = history.steps.at(-2)?.after ?? FRESH;
      const enqueued = answer === 'enqueue' || (answer === true && event !== 'settle');
      if (!enqueued) return;
      must(!before.inQueue && !before.settled, 'queued twice', history);
      must(event === 'suspend' || !before.polling, 'queued while it is polled', history);
    });
  });

  it('loses no wake and no abort: whoever has to be polled again is polled or queued', () => {
    everyHistory((history) => {
      const { after } = last(history.steps);
      if (after.settled || !(after.woken || mustTell(after))) return;
      must(after.polling || after.inQueue, 'nobody will poll it', history);
      // The model says so, and the state agrees, since a waiting task is one that nobody will poll.
      must(!state.isWaiting(history.cell), 'it waits', history);
    });
  });

  it('is left by nothing once it has settled', () => {
    everyHistory((history) => {
      const at = history.steps.findIndex(({ event }) => event === 'settle');
      if (at < 0) return;
      const [first, ...later] = history.steps.slice(at);
      must(first?.answer === true, 'the first end counts', history);
      for (const { answer } of later) {
        must([false, 'ignored', 'skip', true, undefined].includes(answer as never), 'an odd answer', history);
      }
      must(
        later.every(({ answer }) => answer !== true),
        'something followed the end',
        history,
      );
      must(state.isSettled(history.cell), 'it left the end', history);
    });
  });

  it('counts an abort once, tells the body once, and starts it once', () => {
    everyHistory((history) => {
      const answers = history.steps.map(({ answer }) => answer);
      const counted = answers.filter((answer) => answer === 'noted' || answer === 'enqueue');
      const told = answers.filter((answer) => answer === 'unwind' || answer === 'drop');
      const started = answers.filter((answer) => answer === 'start');
      must(counted.length <= 1, 'two aborts counted', history);
      must(told.length <= counted.length, 'told without an abort, or twice', history);
      must(started.length <= 1, 'started twice', history);
      must(!(answers.includes('drop') && started.length > 0), 'started and dropped', history);
    });
  });

  it('tells nothing while it is shielded', () => {
    everyHistory(({ steps, cell }) => {
      const { answer } = last(steps);
      const before = steps.at(-2)?.after ?? FRESH;
      const told = answer === 'unwind' || answer === 'drop';
      must(!(told && before.shielded), 'told inside shielded', { steps, cell });
    });
  });
});

describe('a short way of the ordinary case', () => {
  it('does what the long one does, and elsewhere nothing', () => {
    for (let before = 0; before < 256; before += 1) {
      const polled = { state: before };
      const byHand = { state: before };
      if (state.resumeOrdinary(polled)) expect(state.startPoll(byHand)).toBe(state.RESUME_BODY);
      expect(polled).toEqual(byHand);
      const parked = { state: before };
      const suspended = { state: before };
      if (state.parkOrdinary(parked)) expect(state.suspend(suspended)).toBe(false);
      expect(parked).toEqual(suspended);
    }
  });
});
