import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run } from './program.js';

/** Sends a signal each time that the program says one of these words. */
const at =
  (signals: Readonly<Record<string, NodeJS.Signals>>) =>
  (line: string, child: ChildProcess): void => {
    const signal = signals[line];
    if (signal !== undefined) child.kill(signal);
  };

/** A main whose function and child both clean up; the cleanup takes `ms`. */
const program = (ms: number, options = '{}') => `
  await main(async () => {
    spawn(function* () {
      try { yield* sleep(60_000); } finally {
        yield* sleep(1);
        say('child cleaned up');
      }
    });
    try {
      setImmediate(() => say('ready'));
      await sleep(60_000);
    } finally {
      say('cleaning up: ' + task.signal.reason);
      await shielded(() => sleep(${ms}));
      say('cleaned up');
    }
  }, ${options}).then(() => say('unreachable'), () => say('unreachable'));
  say('unreachable');
`;

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, code) => {
  it('aborts main, and ends the process with its own code after the cleanup of all', async () => {
    const { status, lines, stderr } = await run(program(1), at({ ready: signal }));
    expect(lines).toEqual(['ready', `cleaning up: ${signal}`, 'cleaned up', 'child cleaned up']);
    expect([status, stderr]).toEqual([code, '']);
  });

  it('ends the process at once the second time', async () => {
    const { status, lines } = await run(
      program(60_000),
      at({ ready: signal, [`cleaning up: ${signal}`]: signal }),
    );
    expect([status, lines]).toEqual([code, ['ready', `cleaning up: ${signal}`]]);
  });

  it('is left to the program with `signals: false`', async () => {
    const { lines } = await run(
      `
      process.on('${signal}', () => { say('mine'); process.exit(7); });
      ${program(1, '{ signals: false }')}`,
      at({ ready: signal }),
    );
    expect(lines).toEqual(['ready', 'mine']);
  });

  it('aborts main no more once main has ended', async () => {
    const { status, lines } = await run(
      `
      await main(() => say('main ended'));
      process.on('${signal}', () => { say('mine'); clearTimeout(timer); });
      const timer = setTimeout(() => undefined, 60_000);
      say('ready');`,
      at({ ready: signal }),
    );
    expect([status, lines]).toEqual([0, ['main ended', 'ready', 'mine']]);
  });

  it('has its code though main gives a value in spite of it', async () => {
    const { status, lines } = await run(
      `
      await main(async () => {
        setImmediate(() => say('ready'));
        try { await sleep(60_000); } catch { return 'value'; }
      });`,
      at({ ready: signal }),
    );
    expect([status, lines]).toEqual([code, ['ready']]);
  });
});
