import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { crashError, panicError } from '../../src/task/join-error.js';
import { type PanicInfo, reportPanic, setPanicHook } from '../../src/task/panic-hook.js';
import { markReported, resumeUnwind } from '../../src/task/resume-unwind.js';

const stderr = vi.hoisted(() => ({ text: '' }));
vi.mock('../../src/base/stderr.js', () => ({
  writeStderr: (text: string) => {
    stderr.text += text;
  },
}));

beforeEach(() => {
  stderr.text = '';
});
afterEach(() => {
  setPanicHook(null);
});

function panicOf(payload: unknown, facts: Partial<PanicInfo> = {}): PanicInfo {
  return { id: 7, name: undefined, error: panicError(7, payload), payload, joined: true, ...facts };
}

describe('the default panic hook', () => {
  it('writes one line when somebody is waiting on the handle', () => {
    reportPanic(panicOf(new Error('boom')));
    expect(stderr.text).toBe('heddle: task 7 panicked with message "boom"\n');
  });

  it('writes what was thrown as well, with its stack and its causes, when no one is', () => {
    reportPanic(panicOf(new Error('boom', { cause: new RangeError('too far') }), { joined: false }));
    const [line, first, frame] = stderr.text.split('\n');
    expect(line).toBe('heddle: task 7 panicked with message "boom"');
    expect(first).toBe('    Error: boom');
    expect(frame).toMatch(/^ {8}at .*panic-hook\.test\.ts/);
    expect(stderr.text).toContain('[cause]: RangeError: too far');
    expect(stderr.text.endsWith('\n')).toBe(true);
  });

  it('shows a payload that is no error, and repeats no string', () => {
    reportPanic(panicOf({ code: 7 }, { joined: false }));
    expect(stderr.text).toBe('heddle: task 7 panicked\n    { code: 7 }\n');
    stderr.text = '';
    reportPanic(panicOf('boom', { joined: false }));
    expect(stderr.text).toBe('heddle: task 7 panicked with message "boom"\n');
  });

  it('names the task and the place of its spawn, where they are known', () => {
    reportPanic(panicOf('boom', { name: 'fetch', spawnedAt: 'app.ts:3:1' }));
    expect(stderr.text).toBe(
      'heddle: task 7 panicked with message "boom" (named "fetch", spawned at app.ts:3:1)\n',
    );
  });

  it('reports a crash like a panic', () => {
    const error = crashError(7, 'its thread ran out of memory');
    reportPanic({ id: 7, name: undefined, error, payload: undefined, joined: false });
    expect(stderr.text).toBe('heddle: task 7 crashed: its thread ran out of memory\n');
  });

  it('keeps control characters from the terminal', () => {
    reportPanic(
      panicOf(new Error('\u001b[2J'), { name: 'a\u0007\nb', spawnedAt: '\u001b[2J', joined: false }),
    );
    expect(stderr.text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(stderr.text.split('\n')[0]).toBe(
      'heddle: task 7 panicked with message "\\u{1b}[2J" (named "a\\u{7}\\nb", spawned at \\u{1b}[2J)',
    );
  });

  it('cuts a line that nobody would read to its end', () => {
    reportPanic(panicOf('x'.repeat(1_000_000)));
    expect(stderr.text.length).toBeLessThan(5_000);
    expect(stderr.text).toMatch(/… \d+ more characters\n$/);
  });

  it('survives a payload that throws whatever is asked of it', () => {
    const proxy = new Proxy(
      {},
      {
        get() {
          throw new Error('trap');
        },
      },
    );
    reportPanic(panicOf(proxy, { joined: false }));
    expect(stderr.text).toBe('heddle: task 7 panicked\n    [Proxy]\n');
  });
});

describe('a panic hook', () => {
  it('is told instead of stderr, once for each panic', () => {
    const told: PanicInfo[] = [];
    setPanicHook((info) => told.push(info));
    const info = panicOf(new Error('boom'), { name: 'fetch' });
    reportPanic(info);
    expect(told).toEqual([info]);
    expect(told[0]?.error).toBe(info.error);
    expect(stderr.text).toBe('');
  });

  it('gives way to the default when it is taken back', () => {
    setPanicHook(() => expect.unreachable());
    setPanicHook(null);
    reportPanic(panicOf('boom'));
    expect(stderr.text).toBe('heddle: task 7 panicked with message "boom"\n');
  });

  it('is not told of a payload that was resumed', () => {
    const told: unknown[] = [];
    setPanicHook(({ payload }) => told.push(payload));
    const payload = new Error('boom');
    reportPanic(panicOf(payload));
    expect(() => resumeUnwind(payload)).toThrow(payload);
    reportPanic(panicOf(payload));
    reportPanic(panicOf(payload));
    expect(told).toEqual([payload, payload]);
  });

  it('is told of a crash whatever was resumed', () => {
    const told: string[] = [];
    setPanicHook(({ error }) => told.push(error.kind));
    const cause = new Error('boom');
    markReported(cause);
    reportPanic({
      id: 7,
      name: undefined,
      error: crashError(7, 'it left', { cause }),
      payload: cause,
      joined: true,
    });
    expect(told).toEqual(['crash']);
  });

  it('may throw: both it and the panic are printed', () => {
    setPanicHook(() => {
      throw new RangeError('the hook is broken');
    });
    reportPanic(panicOf('boom'));
    expect(stderr.text).toMatch(/^heddle: the panic hook threw:\n {4}RangeError: the hook is broken\n/);
    expect(stderr.text).toMatch(/\nheddle: task 7 panicked with message "boom"\n$/);
  });

  it('may be an async function that rejects: both are printed, and nothing is left unhandled', async () => {
    setPanicHook(async () => {
      throw new RangeError('the hook is broken');
    });
    reportPanic(panicOf('boom'));
    await nextTurn();
    expect(stderr.text).toMatch(/^heddle: the panic hook threw:\n {4}RangeError: the hook is broken\n/);
    expect(stderr.text).toMatch(/\nheddle: task 7 panicked with message "boom"\n$/);
  });

  it('is not asked about panics that it causes itself', () => {
    const told: unknown[] = [];
    setPanicHook(({ payload }) => {
      told.push(payload);
      reportPanic(panicOf('of the hook'));
    });
    reportPanic(panicOf('boom'));
    expect(told).toEqual(['boom']);
    expect(stderr.text).toBe('heddle: task 7 panicked with message "of the hook"\n');
  });

  it('must be a function or null', () => {
    expect(() => setPanicHook(undefined as never)).toThrow(
      new TypeError('setPanicHook: expected a function or null, got undefined'),
    );
    expect(() => setPanicHook('log' as never)).toThrow(
      new TypeError("setPanicHook: expected a function or null, got 'log'"),
    );
  });
});
