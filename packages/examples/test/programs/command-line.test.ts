import { describe, expect, test } from 'vitest';
import { programs } from '../../src/programs.js';
import { Run } from './run.js';
import { expectedTranscript } from './transcript.js';

describe('pnpm example', () => {
  test('lists every program with its line', async () => {
    const run = new Run();
    expect(await run.exitCode()).toBe(0);
    for (const { name, about } of programs) {
      expect(run.stdout).toMatch(new RegExp(`^ +${name} +${about}$`, 'm'));
    }
  });

  test('says what exists when there is no such program, and fails with 2', async () => {
    const run = new Run('nosuch');
    expect(await run.exitCode()).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/^There is no example "nosuch"\.\n/);
    for (const { name } of programs) expect(run.stderr).toContain(`  ${name} `);
  });

  test('says how a program is called when it gets more than it takes, and fails with 2', async () => {
    const spawn = new Run('spawn', 'faster');
    const echo = new Run('echo', '--port', '80');
    expect([await spawn.exitCode(), await echo.exitCode()]).toEqual([2, 2]);
    expect(spawn.stderr).toBe('usage: pnpm example spawn\n');
    expect(echo.stderr).toBe('usage: pnpm example echo [address]\n');
  });

  test('says what was wrong with an address', async () => {
    const run = new Run('echo', 'nowhere');
    expect(await run.exitCode()).toBe(1);
    expect(run.stderr).toBe(
      'example echo: TcpListener.bind: expected "host:port", "[::1]:port" or { host, port }, got \'nowhere\'\n',
    );
  });

  test('runs a program in real time', async () => {
    const run = new Run('telemetry');
    expect(await run.exitCode()).toBe(0);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe(expectedTranscript('telemetry'));
  });

  test('sends panics and errors to stderr, and the rest to stdout', async () => {
    const run = new Run('panic-boundary');
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout).toBe(expectedTranscript('panic-boundary').replace(/^! .*\n/gm, ''));
    expect(run.stderr).toMatch(/^heddle: task \d+ panicked with message "the disk is on fire"\n$/);
  });
});

describe.each(['echo', 'echo-spawned'])('Ctrl-C on a running %s', (name) => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('(%s) ends it cleanly, with %i', async (signal, code) => {
    const run = new Run(name);
    await run.printed('listening on 127.0.0.1:');
    run.kill(signal);
    expect(await run.exitCode()).toBe(code);
    expect(run.stdout).toMatch(/^listening on .*\nno longer listening\n$/);
    expect(run.stderr).toBe('');
  });
});

test('Ctrl-C while threads compute ends them too, without a word', async () => {
  const run = new Run('who-decides');
  await run.printed('tasks, last in, first out');
  run.kill('SIGINT');
  expect(await run.exitCode()).toBe(130);
  expect(run.stderr).toBe('');
});
