import { isDeepStrictEqual } from 'node:util';
import type { Settled } from '../ending.js';
import { wordsOf } from '../error-words.js';
import type { Failure } from '../failure.js';
import type { JobName } from '../jobs/job-name.js';
import { OrderError } from '../jobs/order-error.js';

/** What a job throws by itself: it must arrive, and arrive as what it was. */
export const throws: readonly Failure[] = [
  {
    ...thrown('throw-error', 'throws an Error', 'throwError', /boom/),
    lost: lostOf((error) => ({
      class: error instanceof Error,
      message: message(error) === 'boom',
      stack: String(property(error, 'stack')).includes('throwError'),
    })),
  },
  {
    ...thrown('throw-class', 'throws a class of its own', 'throwOwnClass', /order refused/),
    lost: lostOf((error) => ({
      class: error instanceof OrderError,
      name: property(error, 'name') === 'OrderError',
      message: message(error) === 'order refused',
      code: property(error, 'code') === 'E_ORDER',
      'own properties':
        property(error, 'order') === 42 && isDeepStrictEqual(property(error, 'items'), ['loom', 'yarn']),
      cause: isError(property(error, 'cause'), TypeError, 'no stock'),
    })),
  },
  {
    ...thrown('throw-aggregate', 'throws an AggregateError', 'throwAggregate', /both failed/),
    lost: lostOf((error) => {
      const errors = property(error, 'errors');
      const [first, second] = Array.isArray(errors) ? errors : [];
      return {
        class: error instanceof AggregateError,
        message: message(error) === 'both failed',
        errors: isError(first, TypeError, 'first') && isError(second, RangeError, 'second'),
      };
    }),
  },
  {
    ...thrown('throw-dom-exception', 'throws a DOMException', 'throwDomException', /too late/),
    lost: lostOf((error) => ({
      class: error instanceof DOMException,
      name: property(error, 'name') === 'TimeoutError',
      message: message(error) === 'too late',
      code: property(error, 'code') === 23,
    })),
  },
  {
    ...thrown('throw-string', 'throws a string', 'throwString', /just a string/),
    lost: lostOf((error) => ({ 'the string itself': error === 'just a string' })),
  },
  {
    ...thrown('throw-object', 'throws an object', 'throwObject', /E_PLAIN/),
    lost: lostOf((error) => ({
      'the object itself': isDeepStrictEqual(error, { code: 'E_PLAIN', detail: [1, 2] }),
    })),
  },
  {
    ...thrown('throw-undefined', 'throws undefined', 'throwUndefined', /^$|undefined/),
    lost: lostOf((error) => ({ 'undefined itself': error === undefined })),
  },
  {
    ...thrown('reject', 'rejects', 'reject', /rejected/),
    lost: lostOf((error) => ({
      class: error instanceof RangeError,
      message: message(error) === 'rejected',
      code: property(error, 'code') === 'E_REJECTED',
    })),
  },
];

function thrown(name: string, title: string, job: JobName, says: RegExp): Failure {
  return {
    name,
    title,
    start: ({ jobs }) => jobs.run(job, undefined),
    ends: 'panic',
    isRight: (ending) => ending.kind === 'error' && says.test(wordsOf(ending.error)),
  };
}

/** The names of the parts that are not as they were thrown. */
function lostOf(parts: (error: unknown) => Readonly<Record<string, boolean>>): (ending: Settled) => string[] {
  return (ending) => {
    const kept = parts(ending.kind === 'error' ? ending.error : undefined);
    return Object.keys(kept).filter((part) => kept[part] !== true);
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function message(error: unknown): unknown {
  return property(error, 'message');
}

function isError(value: unknown, of: new (message?: string) => Error, text: string): boolean {
  return value instanceof of && value.message === text;
}
