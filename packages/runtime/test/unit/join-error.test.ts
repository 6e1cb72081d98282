import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Err, Ok } from '../../src/base/result.js';
import {
  cancelledError,
  crashError,
  describePanic,
  JoinError,
  panicError,
} from '../../src/task/join-error.js';

const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('a JoinError of a panic', () => {
  const payload = new TypeError('boom');
  const error = panicError(7, payload, 'fetch');

  it('is of that kind and no other', () => {
    expect(error).toMatchObject({ kind: 'panic', code: 'ERR_TASK_PANIC', id: 7, taskName: 'fetch' });
    expect([error.isPanic(), error.isCancelled(), error.isCrash(), error.isAbandoned()]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("has tokio's text: the message quoted, of an error or a string, and nothing of anything else", () => {
    expect(error.message).toBe('task 7 panicked with message "boom"');
    expect(panicError(7, 'boom').message).toBe('task 7 panicked with message "boom"');
    expect(panicError(7, 'a "b"\n\u001b[2J').message).toBe(
      'task 7 panicked with message "a \\"b\\"\\n\\u{1b}[2J"',
    );
    expect(panicError(7, new Error()).message).toBe('task 7 panicked with message ""');
    for (const other of [undefined, null, 7, 7n, true, Symbol('boom'), { message: 'boom' }, () => 'boom']) {
      expect(panicError(7, other).message).toBe('task 7 panicked');
    }
  });

  it('gives the very payload', () => {
    expect(error.intoPanic()).toBe(payload);
    expect(error.cause).toBe(payload);
    expect(error.tryIntoPanic()).toEqual(Ok(payload));
    expect(panicError(7, undefined).tryIntoPanic()).toEqual(Ok(undefined));
    expect(panicError(7, undefined)).toHaveProperty('cause', undefined);
  });

  it('shows the frames of what was thrown', () => {
    expect(error.stack.startsWith('JoinError: task 7 panicked with message "boom"\n    at ')).toBe(true);
    expect(error.stack).toContain('join-error.test.ts');
    expect(panicError(7, 'boom').stack).toBe('JoinError: task 7 panicked with message "boom"');
  });

  it('shows where its task was spawned instead, where that is known, safe to print', () => {
    const known = panicError(7, payload, undefined, '/app/\u001b[2J.js:3:1');
    expect(known.stack).toBe(
      'JoinError: task 7 panicked with message "boom"\n    at spawned (/app/\\u{1b}[2J.js:3:1)',
    );
    expect(Object.keys(known)).not.toContain('stack');
  });
});

describe('a JoinError of an aborted task', () => {
  it('is of that kind and no other', () => {
    const error = cancelledError(7);
    expect(error).toMatchObject({ kind: 'cancelled', code: 'ERR_TASK_CANCELLED', id: 7 });
    expect([error.isPanic(), error.isCancelled(), error.isCrash(), error.isAbandoned()]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(error).not.toHaveProperty('cause');
  });

  it('says who cancelled it, where that was not the handle', () => {
    expect(cancelledError(7).message).toBe('task 7 was cancelled');
    expect(cancelledError(7, undefined, 'its runtime was shut down').message).toBe(
      'task 7 was cancelled: its runtime was shut down',
    );
  });

  it('knows the reason of the abort, and whether the body was left running', () => {
    expect(cancelledError(7, { cause: 'enough' }).cause).toBe('enough');
    expect(cancelledError(7, { cause: undefined })).toHaveProperty('cause', undefined);
    expect(cancelledError(7, { abandoned: true }).isAbandoned()).toBe(true);
    expect(cancelledError(7, { abandoned: false })).toEqual(cancelledError(7));
  });

  it('has no panic to give', () => {
    const error = cancelledError(7, { cause: 'enough' });
    expect(() => error.intoPanic()).toThrow('`JoinError` reason is not a panic.');
    expect(error.tryIntoPanic()).toEqual(Err(error));
  });
});

describe('a JoinError of a thread that went away', () => {
  it('says how, and has no panic to give', () => {
    const cause = new Error('heap limit');
    const error = crashError(7, 'its thread ran out of memory', { cause });
    expect(error).toMatchObject({ kind: 'crash', code: 'ERR_TASK_CRASH', id: 7, cause });
    expect(error.message).toBe('task 7 crashed: its thread ran out of memory');
    expect(error.isCrash()).toBe(true);
    expect(() => error.intoPanic()).toThrow('`JoinError` reason is not a panic.');
  });
});

describe('any JoinError', () => {
  it('is an Error to whoever asks', () => {
    const error = cancelledError(7);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(JoinError);
    expect(error.name).toBe('JoinError');
    expect(error.stack).toBe('JoinError: task 7 was cancelled');
    expect(String(error)).toBe('JoinError: task 7 was cancelled');
    expectTypeOf(error).toExtend<Error>();
  });

  it('prints as an error, with what there is to know', () => {
    expect(inspect(cancelledError(7), { breakLength: 200 })).toBe(
      "[JoinError: task 7 was cancelled] { kind: 'cancelled', code: 'ERR_TASK_CANCELLED', id: 7 }",
    );
    expect(inspect(panicError(7, new TypeError('boom')))).toContain('cause: TypeError: boom');
  });

  it('lets a program write to its stack, as any error does', () => {
    const error = cancelledError(7);
    error.stack = 'elsewhere';
    expect(error.stack).toBe('elsewhere');
    expect(cancelledError(8).stack).toBe('JoinError: task 8 was cancelled');
  });

  it('keeps control characters out of its texts', () => {
    expect(cancelledError(7, undefined, 'by \u001b[2J').message).toBe('task 7 was cancelled: by \\u{1b}[2J');
    expect(crashError(7, 'by \u0007').message).toBe('task 7 crashed: by \\u{7}');
    const payload = new Error('boom');
    payload.stack = 'Error: boom\n    at \u001b[2J';
    expect(panicError(7, payload).stack).toBe(
      'JoinError: task 7 panicked with message "boom"\n    at \\u{1b}[2J',
    );
  });
});

describe('describePanic', () => {
  const throwing = {
    get(): never {
      throw new Error('a getter ran');
    },
  };

  it('reads nothing that could throw', () => {
    const hostile: unknown[] = [
      Object.defineProperty(new Error('boom'), 'message', throwing),
      new Proxy(new Error('boom'), { get: throwing.get, getPrototypeOf: throwing.get }),
      revoked.proxy,
      Object.create(new Proxy(Error.prototype, { get: throwing.get, getPrototypeOf: throwing.get })),
      Object.create(Error.prototype, { message: { value: 7 } }),
      Object.create(null),
    ];
    for (const payload of hostile) {
      expect(describePanic(payload)).toBe('panicked');
      expect(panicError(7, payload).stack).toMatch(/^JoinError: task 7 panicked/);
    }
    const stackless = Object.defineProperty(new Error('boom'), 'stack', throwing);
    expect(panicError(7, stackless).stack).toMatch(/^JoinError: task 7 panicked with message "boom"/);
  });

  it('reads the message of an error of another kind', () => {
    expect(describePanic(new DOMException('late', 'AbortError'))).toBe('panicked with message "late"');
    expect(describePanic(Object.create(new Error('inherited')))).toBe('panicked with message "inherited"');
  });
});
