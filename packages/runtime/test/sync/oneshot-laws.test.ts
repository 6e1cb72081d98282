import type { JoinHandle } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { generators, history, pick } from './history.js';

describe('under any history of sends, receives, closes, aborts and turns, a oneshot', () => {
  test('gives its value exactly once, unless it was refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('send', 'recv', 'abort', 'turn', 'close rx', 'close tx', 'tryRecv'),
        generators,
        async (steps, asGenerators) => {
          const { host, spawn } = byHand();
          const [tx, rx] = oneshot<string>();
          const tasks: JoinHandle<unknown>[] = [];
          const received: string[] = [];
          let sent = false;
          for (const { kind, who } of steps) {
            if (kind === 'send' && !sent && !tx.isClosed()) {
              tx.send('value');
              sent = true;
            } else if (kind === 'recv') {
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      try {
                        received.push(yield* rx.recv());
                      } catch {
                        // Closed without a value, or another had it.
                      }
                    })
                  : spawn(async () => {
                      await rx.recv().then(
                        (value) => received.push(value),
                        () => {},
                      );
                    }),
              );
            } else if (kind === 'tryRecv') {
              const got = rx.tryRecv();
              if (got.ok) received.push(got.value);
            } else if (kind === 'close rx') rx.close();
            else if (kind === 'close tx') tx.close();
            else if (kind === 'abort') pick(tasks, who)?.abort();
            else await host.settle();
          }
          await host.settle();
          const last = rx.tryRecv();
          if (last.ok) received.push(last.value);
          expect(received).toEqual(sent ? ['value'] : []);
        },
      ),
      { numRuns: 300 },
    );
  });
});
