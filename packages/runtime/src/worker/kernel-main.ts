/**
 * The process beside a program that watches what the kernel does with it. It is one of its own so as not to be in
 * the picture, and so that it outlives a program that is killed. What it says is in trace/kernel/recorder-lines.ts.
 *
 * However it ends, SIGKILL apart, it leaves nothing in the kernel; and what that one leaves, the next removes.
 */
import { OthersUsed } from '../trace/kernel/others-used.js';
import { isRunning, threadNamesOf } from '../trace/kernel/proc-threads.js';
import type { EndLine, ReadyLine } from '../trace/kernel/recorder-lines.js';
import { startWatch, type WatchOrder } from '../trace/kernel/start-watch.js';

/** How often it looks whether the program still runs. */
const LOOK_EVERY_MS = 50;
/** Of a pipe that is written to line by line, most of the time goes to waking its reader. */
const LINES_AT_ONCE = 1_000;

const order = JSON.parse(process.argv[2] ?? '') as WatchOrder;
const { watch, because } = startWatch(order);
const others = new OthersUsed(order.pid);
const names = threadNamesOf(order.pid);
let isFinished = false;
const timers = [setInterval(look, LOOK_EVERY_MS)];
if (watch?.level === 'counted') timers.push(setInterval(() => watch.look(), order.everyMs));

// Whoever started it may be gone: then nobody hears what it says.
process.stdout.on('error', () => process.exit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, finish);
process.stdin.on('end', finish).on('error', finish).resume();

const level = watch?.level ?? 'process';
say({ say: 'ready', level, ...(because !== undefined && { because }) } satisfies ReadyLine);
look();

function look(): void {
  if (isRunning(order.pid)) others.look();
  else finish();
}

function finish(): void {
  if (isFinished) return;
  isFinished = true;
  for (const timer of timers) clearInterval(timer);
  others.look();
  const { events = [], threadNames = {}, lost = 0, malformed = 0 } = watch?.finish() ?? {};
  for (let from = 0; from < events.length; from += LINES_AT_ONCE) {
    say(...events.slice(from, from + LINES_AT_ONCE));
  }
  const named = { ...names, ...threadNames, ...threadNamesOf(order.pid) };
  const end: EndLine = { say: 'end', threadNames: named, lost, malformed, othersUsed: others.part() };
  process.stdout.write(`${JSON.stringify(end)}\n`, () => process.exit());
}

function say(...lines: readonly object[]): void {
  process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
