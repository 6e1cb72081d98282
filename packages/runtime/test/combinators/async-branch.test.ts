import { join, type Op, select, shielded, sleep, spawn, timeout } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** Only in a task is it known whose an await is. */
const inTasks = places.filter((place) => place !== 'no task');

describe.each(inTasks)('an async function that is a branch, in %s', (place) => {
  it('loses no message when it has lost', async () => {
    const { host, wait } = scene();
    const [tx, rx] = mpsc.channel<string>(4);
    const seen: string[] = [];
    const ended = wait(place, () =>
      timeout(5, async () => {
        try {
          return await rx.recv();
        } catch (error) {
          seen.push((error as Error).name);
          throw error;
        }
      }),
    );
    await host.advance(5);
    tx.trySend('m');
    await host.settle();
    expect(await ended).toMatchObject({ value: { ok: false } });
    expect([rx.len(), seen]).toEqual([1, ['AbortError']]);
  });

  it('begins nothing more when it has lost, but what is shielded', async () => {
    const { host, wait, lines } = scene();
    const [tx, rx] = mpsc.channel<string>(4);
    const ended = wait(place, () =>
      timeout(5, async () => {
        try {
          await sleep(1000);
        } finally {
          await shielded(() => sleep(1));
          lines.push('cleaned up');
          await rx.recv();
          lines.push('never here');
        }
      }),
    );
    await host.advance(5);
    await host.advance(1);
    tx.trySend('m');
    await host.settle();
    await ended;
    expect([rx.len(), lines]).toEqual([1, ['cleaned up']]);
  });

  it('lets a stopped clock go on while it waits for what is ours', async () => {
    const { host, wait } = scene({ startPaused: true });
    const make = (): Op<unknown> =>
      timeout(5000, async () => {
        await sleep(1000);
        return await join(async () => {
          await sleep(1000);
          return 'v';
        });
      });
    const ended = wait(place, make);
    await host.settle();
    expect(await ended).toMatchObject({ value: { ok: true, value: ['v'] } });
  });

  it('holds a stopped clock up while it waits for somebody else', async () => {
    const { host, wait } = scene({ startPaused: true });
    let answer: (value: string) => void = () => undefined;
    const ended = wait(place, () =>
      timeout(5000, async () => {
        await sleep(1000);
        return await new Promise<string>((resolve) => {
          answer = resolve;
        });
      }),
    );
    await host.settle();
    answer('answer');
    await host.settle();
    expect(await ended).toMatchObject({ value: { ok: true, value: 'answer' } });
  });

  it('goes on in several awaits at once, and what it leaves behind goes on by itself', async () => {
    const { host, wait, lines } = scene();
    const ended = wait(place, () =>
      select({
        both: async () => {
          void sleep(3).then(() => lines.push('left behind'));
          await Promise.all([sleep(1), sleep(2)]);
          return 'both';
        },
        late: sleep(1000),
      }),
    );
    await host.advance(2);
    expect(await ended).toEqual({ value: { key: 'both', value: 'both' } });
    await host.advance(1);
    await host.settle();
    expect(lines).toEqual(['left behind']);
  });
});

it('an async function that is a branch and always has something ready lets timers fire', async () => {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  let fired = false;
  const branch = async () => {
    while (!fired) {
      tx.send(1);
      await rx.recv();
    }
    return 'stopped';
  };
  const fire = () => {
    fired = true;
  };
  setTimeout(fire, 0);
  const inGenerator = spawn(function* () {
    return yield* join(branch);
  });
  expect((await inGenerator).unwrap()).toEqual(['stopped']);
  fired = false;
  setTimeout(fire, 0);
  expect((await spawn(() => join(branch))).unwrap()).toEqual(['stopped']);
});
