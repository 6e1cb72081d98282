import { types } from 'node:util';
import { diagnostics } from '../base/diagnostics.js';
import { debugQuote, printable } from '../base/printable.js';
import { safeInspect } from '../base/safe-inspect.js';
import { writeStderr } from '../base/stderr.js';
import type { TaskId } from '../base/task-id.js';
import { thrownBlock } from '../base/thrown-block.js';
import type { JoinError } from './join-error.js';
import { wasReported } from './resume-unwind.js';

/**
 * Tells somebody that a task panicked or crashed, once, at the moment it is known, joined or not.
 *
 * A hook belongs to an isolate: it hears of the tasks that its isolate spawned, wherever they ran. Whatever
 * a hook does, the runtime goes on, and the panic is printed if the hook could not deal with it.
 */

/** What the panic hook is told about one panic or crash. */
export interface PanicInfo {
  readonly id: TaskId;
  /** The task's name, for a task that has one. */
  readonly name: string | undefined;
  /** The very error that the handle gives, of kind `panic` or `crash`. */
  readonly error: JoinError;
  /** What the body threw; of a crash, its cause. */
  readonly payload: unknown;
  /** Whether somebody was waiting on the handle at that moment. */
  readonly joined: boolean;
  /** The file and line of the spawn, where spawn sites are kept. */
  readonly spawnedAt?: string | undefined;
}

/** A function that is told about panics. What it returns is ignored; a throw of it is printed. */
export type PanicHook = (info: PanicInfo) => void;

/**
 * Sets who is told about panics and crashes of the tasks that this thread spawned. `null` brings back the default.
 *
 * The default writes one line to stderr, and what was thrown, with its stack, when no one is waiting on the
 * handle. A payload that `resumeUnwind` threw on is not told again. Throws a `TypeError` when `hook` is
 * neither a function nor `null`.
 *
 * Source: `std::panic::set_hook`.
 *
 * @example
 * setPanicHook(({ error, payload }) => console.error(error.message, payload));
 * setPanicHook(null);
 */
export function setPanicHook(hook: PanicHook | null): void {
  if (hook !== null && typeof hook !== 'function') {
    throw new TypeError(`setPanicHook: expected a function or null, got ${safeInspect(hook, 100)}`);
  }
  current = hook;
}

/** Tells the hook, unless this panic is one that was resumed. Never throws. */
export function reportPanic(info: PanicInfo): void {
  if (info.error.isPanic() && wasReported(info.payload)) return;
  if (diagnostics.panic.hasSubscribers) diagnostics.panic.publish(info);
  // A hook whose own tasks panic while it runs must not be asked about them by itself.
  if (current === null || busy) {
    printPanic(info);
    return;
  }
  busy = true;
  try {
    const returned: unknown = current(info);
    // An async hook fits the type: its rejection would otherwise end the process.
    if (types.isPromise(returned)) returned.then(undefined, (thrown) => printBoth(thrown, info));
  } catch (thrown) {
    printBoth(thrown, info);
  } finally {
    busy = false;
  }
}

let current: PanicHook | null = null;
let busy = false;

const LINE_CHARS = 4_000;

function printBoth(thrown: unknown, info: PanicInfo): void {
  writeStderr(`heddle: the panic hook threw:\n${thrownBlock(thrown)}`);
  printPanic(info);
}

function printPanic(info: PanicInfo): void {
  const facts: string[] = [];
  if (info.name !== undefined) facts.push(`named ${debugQuote(info.name)}`);
  if (info.spawnedAt !== undefined) facts.push(`spawned at ${printable(info.spawnedAt)}`);
  const tail = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const line = `heddle: ${cut(info.error.message)}${tail}\n`;
  // One write, so that lines of two threads do not mix. A string says all it has to say in the line.
  const telling = !info.joined && typeof info.payload !== 'string' && info.payload !== undefined;
  writeStderr(telling ? line + thrownBlock(info.payload) : line);
}

function cut(message: string): string {
  if (message.length <= LINE_CHARS) return message;
  return `${message.slice(0, LINE_CHARS)}… ${message.length - LINE_CHARS} more characters`;
}
