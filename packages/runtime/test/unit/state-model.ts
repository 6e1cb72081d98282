/**
 * What a task's state promises, written down a second time and in another way: as facts with names instead of
 * bits, copied for each step instead of changed, and with the queue as a fact of its own.
 */
export interface Model {
  /** The task stands in the queue. */
  readonly inQueue: boolean;
  /** A poll of it is going on. */
  readonly polling: boolean;
  readonly settled: boolean;
  /** A line of the body may have run. */
  readonly started: boolean;
  /** Somebody woke it since the last poll began. */
  readonly woken: boolean;
  /** Somebody asked for its end. */
  readonly asked: boolean;
  /** The body was told so, or was dropped before it began. */
  readonly told: boolean;
  readonly shielded: boolean;
}

export const FRESH: Model = {
  inQueue: true,
  polling: false,
  settled: false,
  started: false,
  woken: false,
  asked: false,
  told: false,
  shielded: false,
};

export type Event = 'poll' | 'suspend' | 'wake' | 'abort' | 'settle' | 'shield' | 'unshield';
export const EVENTS: readonly Event[] = ['poll', 'suspend', 'wake', 'abort', 'settle', 'shield', 'unshield'];

/** Whether a caller can bring about `event` now: only what is queued is polled, only a body that runs suspends. */
export function possible(model: Model, event: Event): boolean {
  switch (event) {
    case 'poll':
      return model.inQueue && !model.polling;
    case 'suspend':
      return model.polling && model.started;
    case 'shield':
    case 'unshield':
      // In an async body also between its polls, where a promise that is not ours resumed it.
      return model.started;
    case 'wake':
    case 'abort':
    case 'settle':
      return true;
  }
}

/** What must be answered to `event`, and what holds afterwards. */
export function expected(model: Model, event: Event): { readonly answer: unknown; readonly after: Model } {
  switch (event) {
    case 'poll':
      return afterPoll({ ...model, inQueue: false });
    case 'suspend': {
      const again = !model.settled && (model.woken || mustTell(model));
      return { answer: again, after: { ...model, polling: false, inQueue: model.inQueue || again } };
    }
    case 'wake': {
      const enqueue = !model.settled && !model.inQueue && !model.polling;
      return { answer: enqueue, after: { ...model, woken: true, inQueue: model.inQueue || enqueue } };
    }
    case 'abort': {
      if (model.settled || model.asked) return { answer: 'ignored', after: model };
      const enqueue = !model.inQueue && !model.polling && !model.shielded;
      const after = { ...model, asked: true, inQueue: model.inQueue || enqueue };
      return { answer: enqueue ? 'enqueue' : 'noted', after };
    }
    case 'settle':
      return { answer: !model.settled, after: { ...model, settled: true } };
    case 'shield':
      return { answer: undefined, after: { ...model, shielded: true } };
    case 'unshield': {
      const open = { ...model, shielded: false };
      const enqueue = !model.settled && !model.inQueue && !model.polling && mustTell(open);
      return { answer: enqueue, after: { ...open, inQueue: model.inQueue || enqueue } };
    }
  }
}

/** Whether the next poll has to tell the body. */
export function mustTell(model: Model): boolean {
  return model.asked && !model.told && !model.shielded;
}

function afterPoll(model: Model): { readonly answer: unknown; readonly after: Model } {
  if (model.settled) return { answer: 'skip', after: model };
  const after = { ...model, polling: true, woken: false };
  if (mustTell(model)) return { answer: model.started ? 'unwind' : 'drop', after: { ...after, told: true } };
  return { answer: model.started ? 'resume' : 'start', after: { ...after, started: true } };
}
