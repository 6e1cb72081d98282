import { sleep } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/**
 * Every combination of what a body does, what its cleanup does, and when and through what it is aborted and joined, and
 * when its handle is let go.
 *
 * Source: tokio's test_combinations. There a value's own disposal may panic as well, which JavaScript has not.
 * Here it is one runtime, of one thread.
 */
const forms = ['generator', 'async'] as const;
const bodies = ['ends', 'panics'] as const;
const cleanups = ['ends', 'panics'] as const;
const moments = ['never', 'at once', 'after its first poll', 'after its end', 'after it was read'] as const;
const aborters = ['handle', 'abort handle'] as const;
const lettingsGo = [
  'never',
  'at once',
  'after its first poll',
  'after its end',
  'after it was read',
] as const;
const joinings = ['never', 'at once', 'after its first poll', 'after its end'] as const;

type Moment = (typeof moments)[number];

function endOf(body: string, cleanup: string, moment: Moment): { end: string; cleaned: number } {
  if (moment === 'at once') return { end: 'cancelled', cleaned: 0 };
  if (cleanup === 'panics') return { end: 'panic cleanup', cleaned: 1 };
  if (moment === 'after its first poll') return { end: 'cancelled', cleaned: 1 };
  return { end: body === 'panics' ? 'panic body' : 'output', cleaned: 1 };
}

describe.each(forms)('the body of a task, %s,', (form) => {
  describe.each(bodies)('that %s', (body) => {
    it.for(cleanups)(
      'multi-thread-work-stealing/31 with a cleanup that %s it ends as it must, however it is aborted, joined and let go',
      async (cleanup, { task }) => {
        deviates(task, 'oneIsolate');
        for (const moment of moments) {
          for (const aborter of aborters) {
            for (const joining of joinings) {
              for (const lettingGo of lettingsGo) {
                const how = { moment, aborter, joining, lettingGo };
                const got = await run({ form, body, cleanup, ...how });
                expect({ ...how, ...got }).toEqual({ ...how, ...endOf(body, cleanup, moment), left: 0 });
              }
            }
          }
        }
      },
    );
  });
});

interface Case {
  readonly form: (typeof forms)[number];
  readonly body: (typeof bodies)[number];
  readonly cleanup: (typeof cleanups)[number];
  readonly moment: Moment;
  readonly aborter: (typeof aborters)[number];
  readonly joining: (typeof joinings)[number];
  readonly lettingGo: (typeof lettingsGo)[number];
}

async function run({ form, body, cleanup, moment, aborter, joining, lettingGo }: Case) {
  const { host, runtime, spawn } = byHand();
  let cleaned = 0;
  const finish = () => {
    if (body === 'panics') throw 'body';
    return 'output';
  };
  const cleanUp = () => {
    cleaned += 1;
    if (cleanup === 'panics') throw 'cleanup';
  };
  const handle =
    form === 'generator'
      ? spawn(function* () {
          try {
            yield* sleep(5);
            return finish();
          } finally {
            cleanUp();
          }
        })
      : spawn(async () => {
          try {
            await sleep(5);
            return finish();
          } finally {
            cleanUp();
          }
        });
  const by = aborter === 'handle' ? handle : handle.abortHandle();
  const now = (at: Moment) => {
    if (moment === at) by.abort();
    if (joining === at) void handle.then(() => {});
    if (lettingGo === at) handle.detach();
  };
  now('at once');
  await host.settle();
  now('after its first poll');
  await host.advance(5);
  now('after its end');
  const end = await outcomeOf(handle);
  now('after it was read');
  await host.settle();
  // What a later abort did would be seen here.
  expect(await outcomeOf(handle)).toBe(end);
  return { end, cleaned, left: runtime.metrics().numAliveTasks + host.pendingTimers };
}
