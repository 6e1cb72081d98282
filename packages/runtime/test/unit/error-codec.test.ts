import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Err, Ok } from '../../src/base/result.js';
import { cancelledError, JoinError, panicError } from '../../src/task/join-error.js';
import { registerClass } from '../../src/wire/register-class.js';
import { cross, crossError } from './cross.js';

function thrownBy(body: () => unknown): Error {
  try {
    body();
  } catch (thrown) {
    return thrown as Error;
  }
  return expect.unreachable('nothing was thrown');
}

describe('an error crosses a thread', () => {
  it('with its class, name, message and the frames of where it was thrown', () => {
    const error = new RangeError('too far');
    const crossed = crossError(error);
    expect(crossed).toBeInstanceOf(RangeError);
    expect(crossed.constructor).toBe(RangeError);
    expect(crossed.name).toBe('RangeError');
    expect(crossed.message).toBe('too far');
    expect(crossed.stack).toBe(error.stack);
    expect(inspect(crossed)).toBe(inspect(error));
  });

  it('as a real error of each built-in class', () => {
    for (const Class of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
      const crossed = cross(new Class('boom'));
      expect(Object.getPrototypeOf(crossed)).toBe(Class.prototype);
      expect(Object.prototype.toString.call(crossed)).toBe('[object Error]');
    }
  });

  it('with its own properties, of any cloneable kind, and whether they are enumerable', () => {
    const details = {
      code: 'E_DB',
      count: 7n,
      when: new Date(0),
      pattern: /x/g,
      tags: new Set(['a']),
      byName: new Map([['a', { deep: [1, undefined, null, Number.NaN, -0] }]]),
      bytes: new Uint8Array([1, 2, 3]),
      missing: undefined,
    };
    const error = Object.defineProperty(Object.assign(new Error('boom'), details), 'hidden', { value: 1 });
    const crossed = crossError<typeof error & { hidden: number }>(error);
    expect({ ...crossed }).toEqual(details);
    expect(Object.keys(crossed)).toEqual(Object.keys(details));
    expect(crossed.hidden).toBe(1);
  });

  it('of a class of its own as the nearest class that the other side has, and says its name', () => {
    class DbError extends TypeError {
      code = 'E_DB';
    }
    const crossed = crossError<DbError>(new DbError('boom'));
    expect(crossed.constructor).toBe(TypeError);
    expect(crossed.code).toBe('E_DB');
    expect(crossed.name).toBe('TypeError');
    expect(crossed.stack).toMatch(/^DbError: boom\n {4}at /);
  });

  it('with a name that it gave itself', () => {
    class Named extends Error {
      override name = 'Named';
    }
    const crossed = crossError(new Named('boom'));
    expect(crossed.name).toBe('Named');
    expect(Object.keys(crossed)).toContain('name');
    expect(String(crossed)).toBe('Named: boom');

    class Inherited extends Error {}
    Inherited.prototype.name = 'Inherited';
    expect(crossError(new Inherited('boom')).name).toBe('Inherited');
    expect(Object.keys(crossError(new Inherited('boom')))).toEqual([]);
  });

  it('with a message that its class computes, which has no other text', () => {
    class Invalid extends Error {
      issues = ['too short'];
      override get message() {
        return `issues: ${this.issues}`;
      }
    }
    expect(crossError(new Invalid()).message).toBe('issues: too short');
  });

  it('with its chain of causes, whatever they are', () => {
    const crossed = crossError(new Error('a', { cause: new TypeError('b', { cause: { code: 7 } }) }));
    expect(crossed.cause).toBeInstanceOf(TypeError);
    expect((crossed.cause as Error).cause).toEqual({ code: 7 });
    expect(Object.keys(crossed)).toEqual([]);
    expect('cause' in crossError(new Error('a'))).toBe(false);
    expect(Object.hasOwn(crossError(new Error('a', { cause: undefined })), 'cause')).toBe(true);
  });

  it('with a cause that leads back to it', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    const crossed = crossError(first);
    expect((crossed.cause as Error).message).toBe('second');
    expect((crossed.cause as Error).cause).toBe(crossed);
  });

  it('with the errors of an aggregate, nested ones too', () => {
    const inner = new AggregateError([new RangeError('x')], 'inner');
    const error = new AggregateError([inner, 'text', 7, inner], 'outer', { cause: inner });
    const crossed = crossError<AggregateError>(error);
    expect(crossed).toBeInstanceOf(AggregateError);
    expect(crossed.errors).toHaveLength(4);
    expect(crossed.errors[0]).toBeInstanceOf(AggregateError);
    expect(crossed.errors[0].errors[0]).toBeInstanceOf(RangeError);
    expect(crossed.errors.slice(1, 3)).toEqual(['text', 7]);
    expect(crossed.errors[3]).toBe(crossed.errors[0]);
    expect(crossed.cause).toBe(crossed.errors[0]);
    expect(Object.keys(crossed)).toEqual([]);
  });

  it('as a DOMException that is one, with its name and code', () => {
    const error = new DOMException('too late', 'AbortError');
    const crossed = crossError<DOMException>(error);
    expect(crossed).toBeInstanceOf(DOMException);
    expect([crossed.name, crossed.message, crossed.code]).toEqual(['AbortError', 'too late', 20]);
    expect(crossed.stack).toBe(error.stack);
    const reason = AbortSignal.abort().reason as DOMException;
    expect(crossError<DOMException>(reason).code).toBe(reason.code);
  });

  it("as Node's own error with its code", () => {
    const missing = crossError<NodeJS.ErrnoException>(thrownBy(() => readFileSync('/nowhere')));
    expect(missing).toMatchObject({ code: 'ENOENT', syscall: 'open', path: '/nowhere' });
    const error = thrownBy(() => Buffer.alloc('x' as never));
    const crossed = crossError<NodeJS.ErrnoException>(error);
    expect(crossed).toBeInstanceOf(TypeError);
    expect(crossed.code).toBe('ERR_INVALID_ARG_TYPE');
    expect(crossed.stack).toBe(error.stack);
    const failed = crossError<assert.AssertionError>(thrownBy(() => assert.strictEqual(1, 2)));
    expect(failed).toBeInstanceOf(assert.AssertionError);
    expect(failed).toMatchObject({ actual: 1, expected: 2, operator: 'strictEqual' });
  });

  it('from another realm as an error of this one', () => {
    const crossed = crossError(runInNewContext(`Object.assign(new RangeError('far'), { code: 7 })`));
    expect(crossed).toBeInstanceOf(RangeError);
    expect(crossed).toMatchObject({ message: 'far', code: 7 });
    expect(cross(runInNewContext('({ deep: [1] })'))).toEqual({ deep: [1] });
    expect(crossError(runInNewContext('new (class Own extends TypeError {})("x")'))).toBeInstanceOf(
      TypeError,
    );
  });

  it('when it is frozen, and arrives as an error that can be changed', () => {
    const crossed = crossError<Error & { code: number }>(
      Object.freeze(Object.assign(new Error('boom'), { code: 7 })),
    );
    expect(crossed).toMatchObject({ message: 'boom', code: 7 });
    crossed.code = 8;
    crossed.stack = 'elsewhere';
    expect(crossed).toMatchObject({ code: 8, stack: 'elsewhere' });
  });

  it('when it only inherits from Error, as old libraries have it', () => {
    function Old(this: Error) {
      this.message = 'old';
    }
    Old.prototype = Object.create(Error.prototype, { name: { value: 'Old' } });
    const crossed = crossError(Reflect.construct(Old, []));
    expect(crossed).toBeInstanceOf(Error);
    expect(String(crossed)).toBe('Old: old');
  });
});

describe('the stack of an error that crosses', () => {
  it('is read where it is not writable', () => {
    const error = Object.defineProperty(new Error('boom'), 'stack', { value: 'fixed', writable: false });
    expect(crossError(error).stack).toBe('fixed');
  });

  it('says name and message where there is none, and never the place of its arrival', () => {
    const error = new Error('boom');
    Reflect.deleteProperty(error, 'stack');
    expect(crossError(error).stack).toBe('Error: boom');
    expect(crossError(Object.defineProperty(new Error(''), 'stack', { value: 7 })).stack).toBe('Error');
  });

  it('keeps the old message where the message was changed later', () => {
    const error = new Error('boom');
    expect(error.stack).toContain('Error: boom');
    error.message = 'while loading: boom';
    const crossed = crossError(error);
    expect(crossed.message).toBe('while loading: boom');
    expect(crossed.stack).toBe(error.stack);
  });

  it('survives whatever a program made of Error.prepareStackTrace', () => {
    const before = Error.prepareStackTrace;
    try {
      Error.prepareStackTrace = () => {
        throw new Error('a stack could not be made');
      };
      expect(crossError(new Error('boom')).message).toBe('boom');
      Error.prepareStackTrace = (_error, frames) => frames;
      const crossed = crossError(new Error('boom'));
      expect(crossed.message).toBe('boom');
      expect(typeof crossed.stack).toBe('string');
      Error.prepareStackTrace = (error) => `custom: ${error.message}`;
      expect(crossError(new Error('boom')).stack).toBe('custom: boom');
    } finally {
      Error.prepareStackTrace = before;
    }
  });

  it('leaves Error.stackTraceLimit as it was', () => {
    const before = Error.stackTraceLimit;
    cross(new Error('boom'));
    expect(Error.stackTraceLimit).toBe(before);
    expect(new Error().stack).toContain('error-codec.test.ts');
  });
});

describe('what is no error crosses a thread', () => {
  it('as it is, when it can be cloned', () => {
    for (const thrown of ['boom', '', 7, -0, Number.NaN, 7n, true, false, undefined, null]) {
      expect(cross(thrown)).toBe(thrown);
    }
    const data = { list: Array.from({ length: 1_000 }, (_, at) => at), text: 'x'.repeat(100_000) };
    expect(cross(data)).toEqual(data);
    expect(cross(Array(3))).toStrictEqual(Array(3));
    expect(cross(new Map([[new Date(0), new Set([1])]]))).toEqual(new Map([[new Date(0), new Set([1])]]));
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const crossed = cross(cyclic) as typeof cyclic;
    expect(crossed.self).toBe(crossed);
  });

  it('as its text, when it cannot', () => {
    expect(cross(Symbol('boom'))).toBe('Symbol(boom)');
    expect(cross(function boom() {})).toBe('[Function: boom]');
    expect(cross(class Boom {})).toBe('[Function: Boom]');
    expect(cross(() => {})).toBe('[Function (anonymous)]');
    expect(cross(Promise.resolve(7))).toBe('Promise { 7 }');
    expect(cross(new WeakMap())).toBe('WeakMap { <items unknown> }');
  });

  it('part by part, when only a part cannot', () => {
    const thrown = { code: 7, onDone() {}, list: [Symbol('x'), { error: new RangeError('y') }] };
    const crossed = cross(thrown) as { list: [unknown, { error: unknown }] };
    expect(crossed).toMatchObject({ code: 7, onDone: '[Function: onDone]', list: ['Symbol(x)', {}] });
    expect(crossed.list[1].error).toBeInstanceOf(RangeError);
  });

  it('without its class, when nobody registered that', () => {
    class Point {
      x = 1;
      readonly #hidden = 2;
      get sum() {
        return this.x + this.#hidden;
      }
    }
    const crossed = cross(new Point());
    expect(Object.getPrototypeOf(crossed)).toBe(Object.prototype);
    expect(crossed).toEqual({ x: 1 });
    class Closed {
      readonly #hidden = 2;
      get hidden() {
        return this.#hidden;
      }
    }
    expect(cross(new Closed())).toBe('Closed {}');
  });
});

describe('a registered class', () => {
  class HttpError extends Error {
    status = 500;
    constructor(status: number) {
      super(`status ${status}`);
      if (typeof status !== 'number') throw new Error('a constructor ran');
      this.status = status;
    }
    get isServerError() {
      return this.status >= 500;
    }
  }
  class Money {
    readonly cents: number;
    constructor(cents: number) {
      this.cents = cents;
    }
    get euros() {
      return this.cents / 100;
    }
  }
  registerClass(HttpError, 'error-codec.test/HttpError');
  registerClass(Money, 'error-codec.test/Money');
  registerClass(JoinError, 'error-codec.test/JoinError');

  it('comes back as that class, without its constructor', () => {
    const error = new HttpError(503);
    const crossed = crossError<HttpError>(error);
    expect(crossed).toBeInstanceOf(HttpError);
    expect(crossed.constructor).toBe(HttpError);
    expect(crossed).toMatchObject({ message: 'status 503', status: 503, isServerError: true });
    expect(crossed.stack).toBe(error.stack);
    expect(cross({ owed: new Money(250) })).toEqual({ owed: new Money(250) });
    expect((cross(new Money(250)) as Money).euros).toBe(2.5);
  });

  it('is what an error of a class derived from it comes back as', () => {
    class NotFound extends HttpError {}
    const crossed = crossError(new NotFound(404));
    expect(crossed.constructor).toBe(HttpError);
  });

  it('is how a JoinError crosses, as what was thrown or within it', () => {
    const error = panicError(7, new TypeError('boom'), 'fetch');
    const crossed = crossError<JoinError>(error);
    expect(crossed).toBeInstanceOf(JoinError);
    expect(crossed).toMatchObject({ kind: 'panic', code: 'ERR_TASK_PANIC', id: 7, taskName: 'fetch' });
    expect(crossed.message).toBe('task 7 panicked with message "boom"');
    expect(crossed.intoPanic()).toBeInstanceOf(TypeError);
    expect(crossed.stack).toBe(error.stack);
    const outer = crossError(new Error('outer', { cause: cancelledError(8, { abandoned: true }) }));
    expect((outer.cause as JoinError).isAbandoned()).toBe(true);
  });

  it('is how a Result crosses', () => {
    const crossed = cross({ fine: Ok(7), wrong: Err(new RangeError('x')) }) as {
      fine: ReturnType<typeof Ok<number>>;
      wrong: ReturnType<typeof Err<Error>>;
    };
    expect(crossed.fine).toEqual(Ok(7));
    expect(crossed.fine.unwrap()).toBe(7);
    expect(crossed.wrong).toBeInstanceOf(Err);
    expect(crossed.wrong.error).toBeInstanceOf(RangeError);
  });
});
