import { expect, test } from 'vitest';
import { ASKED, KILLED, NOT_ASKED, type ThreadEnd } from '../../../src/thread/thread-end.js';
import { outcomeOf } from '../../../src/thread/thread-outcome.js';
import { encodeThrown } from '../../../src/wire/error-codec.js';
import { taskOfNobody } from '../task-of-nobody.js';

const value: Partial<ThreadEnd> = { answer: { heddle: 'value', payload: { value: 7 } } };
const panic: Partial<ThreadEnd> = {
  answer: { heddle: 'panic', thrown: encodeThrown('boom'), reported: false },
};
const failed = { failed: { error: new Error('Node says') } };
const uncaught: Partial<ThreadEnd> = {
  ...failed,
  uncaught: { heddle: 'uncaught', origin: 'exception', fatal: true, thrown: encodeThrown({ odd: true }) },
};
const memory = { failed: { error: Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }) } };
const exit: Partial<ThreadEnd> = { leaving: { heddle: 'leaving' }, exitCode: 3 };
const dry: Partial<ThreadEnd> = { leaving: { heddle: 'leaving', waitingFor: 'sleep(9)' } };

test.each([
  ['a value', value, '7'],
  ['a value, and then a failure on the way out', { ...value, ...failed, exitCode: 1 }, '7'],
  ['a value after an abort that found the body running', { ...value, abort: ASKED }, 'was cancelled'],
  ['a value that cannot be taken apart', { answer: { heddle: 'value' } }, 'panicked with message'],
  ['an answer that cannot be read', { unreadable: new Error('clone') }, 'panicked with message'],
  [
    'an unreadable message of the program, and a crash',
    { unreadable: new Error('x'), ...failed },
    'crashed: ',
  ],
  ['a panic', panic, 'panicked with message "boom"'],
  ['a panic after an abort', { ...panic, abort: ASKED }, 'panicked with message "boom"'],
  ['cancelled by itself', { answer: { heddle: 'cancelled', because: 'so' } }, 'was cancelled: so'],
  ['terminated', { abort: KILLED, exitCode: 1 }, 'was cancelled'],
  ['terminated while it failed', { abort: KILLED, ...failed }, 'was cancelled'],
  ['process.exit() after an abort', { abort: ASKED, ...exit }, 'was cancelled'],
  ['a failure after an abort', { abort: ASKED, ...uncaught }, 'crashed: its thread ended with an uncaught'],
  ['process.exit()', exit, 'crashed: its thread called process.exit(3)'],
  [
    'process.exit() at load',
    { ...exit, started: false },
    'crashed: its thread called process.exit(3) before the function began',
  ],
  ['an end without a word', { exitCode: 0 }, 'crashed: its thread ended with exit code 0 before it answered'],
  ['an empty event loop', dry, 'crashed: its thread had nothing left to do while it waited for sleep(9)'],
  ['out of memory', memory, 'crashed: its thread ran out of memory'],
  [
    'out of memory after something uncaught',
    { ...uncaught, ...memory },
    'crashed: its thread ran out of memory',
  ],
  ['something uncaught', uncaught, 'crashed: its thread ended with an uncaught exception: { odd: true }'],
  ['a failure of the worker itself', failed, 'crashed: its thread ended with an error: Node says'],
  [
    'a failure to start',
    { ...failed, started: false },
    'crashed: its thread could not be started: Node says',
  ],
] as [string, Partial<ThreadEnd>, string][])('%s', (_, heard, expected) => {
  const task = taskOfNobody<number>();
  const outcome = outcomeOf(task, { started: true, abort: NOT_ASKED, exitCode: 0, ...heard });
  const said = outcome.ok ? String(outcome.value) : outcome.error.message.replace(`task ${task.id} `, '');
  expect(said.startsWith(expected) ? expected : said).toBe(expected);
});
