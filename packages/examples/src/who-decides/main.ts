import {
  join,
  type Policy,
  promised,
  Runtime,
  type Suspension,
  spawn,
  tasksFrom,
  thread,
} from '@heddle/runtime';
import type { Print } from '../program.js';
import { type ChoreReport, chore } from './chore.js';
import { lifo } from './lifo.js';

const NAMES = ['A', 'B', 'C', 'D'] as const;
const POLICIES: readonly [about: string, make: () => 'fifo' | Policy][] = [
  ['first in, first out', () => 'fifo'],
  ['last in, first out', lifo],
];
const chores = tasksFrom<typeof import('./chore.js')>(new URL('./chore.js', import.meta.url));

export function* program(print: Print) {
  for (const [about, policy] of POLICIES) {
    const reports = yield* runUnder(policy(), asTasks);
    print(`tasks, ${about}: ${orderOf(reports)}`);
    print(`  all on ${threadsOf(reports)}`);
  }
  for (const [about, policy] of POLICIES) {
    const reports = yield* runUnder(policy(), asThreads);
    print(`threads, from a runtime that is ${about}: ${orderOf(reports)}`);
    for (const report of reports) print(`  ${report.name} on ${threadsOf([report])}${switchesOf(report)}`);
  }
}

/** Runs `body` on a runtime of its own, and ends what is left there, also when this program is aborted. */
function* runUnder<T>(policy: 'fifo' | Policy, body: () => Generator<Suspension, T, unknown>) {
  const runtime = new Runtime({ policy });
  try {
    return yield* runtime.spawn(body).unwrap();
  } finally {
    yield* promised(runtime.shutdown());
  }
}

function* asTasks() {
  const outcomes = yield* join(...NAMES.map((name) => spawn(chore, name)));
  return outcomes.map((outcome) => outcome.unwrap());
}

function* asThreads() {
  const gate = new SharedArrayBuffer(4);
  const threads = NAMES.map((name) => thread.spawn(chores.choreBehindGate, name, gate, NAMES.length));
  const outcomes = yield* join(...threads);
  return outcomes.map((outcome) => outcome.unwrap());
}

/** The steps of all, in the order in which they ended. */
function orderOf(reports: readonly ChoreReport[]): string {
  const steps = reports.flatMap((report) => report.steps);
  steps.sort((a, b) => Number(a.endedAtNs - b.endedAtNs));
  return steps.map((step) => step.label).join(' ');
}

function threadsOf(reports: readonly ChoreReport[]): string {
  const ids = new Set(reports.map(({ osThreadId }) => osThreadId ?? '(unknown here)'));
  return `OS thread ${[...ids].join(', ')}`;
}

function switchesOf({ switches }: ChoreReport): string {
  if (switches === undefined) return '';
  return `: ${switches.voluntary} voluntary and ${switches.involuntary} involuntary switches`;
}
