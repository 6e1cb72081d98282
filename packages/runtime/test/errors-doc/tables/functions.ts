import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { type TaskBody, thread } from '@heddle/runtime';
import { type Provocations, wrong } from '../provocations.js';

// Imported and declared here, so that a function below can take them from its file.
void readFileSync;
const limit = 3;
const offset = 1;

/** A function with exactly this source: what is written here itself, a test runner has rewritten. */
const literal = (source: string): TaskBody<[], unknown> =>
  vm.runInThisContext(`(${source}\n)`) as TaskBody<[], unknown>;

const refused = (fn: unknown) => () => thread.spawn(wrong(fn));

const MOVE_IT = 'or move the function to a module and use tasksFrom().';

export const functions: Provocations = {
  'thread.spawn: expected a function or a reference from tasksFrom(), got ‹value›.': [
    refused(42),
    refused('() => 1'),
    refused(undefined),
  ],
  'thread.spawn: got a class. Make the object inside a function.': refused(class Crunch {}),
  'thread.spawn: got an async generator, which gives many values where a task gives one: return a channel instead.':
    refused(async function* () {}),
  'thread.spawn: this function cannot be read as source (‹why›). Move it to a module and use tasksFrom().':
    // V8 takes an assignment to a call, for old pages' sake, and throws when it gets there.
    refused(literal('() => { Math.max() = 1; }')),
  [`thread.spawn: this function reads "‹name›" of itself, a property that does not cross to another thread. Pass it as an argument, ${MOVE_IT}`]:
    refused(
      Object.assign(
        function rate(): unknown {
          return (rate as { limit?: number }).limit;
        },
        { limit: 1 },
      ),
    ),
  [`thread.spawn: this function is a Proxy, which has no source. Pass the function itself, ${MOVE_IT}`]:
    refused(new Proxy(() => 1, {})),
  [`thread.spawn: this function is an accessor of an object that does not exist on another thread. Pass its value, ${MOVE_IT}`]:
    refused(
      Object.getOwnPropertyDescriptor(vm.runInThisContext('({ get total() { return 1; } })'), 'total')?.get,
    ),
  [`thread.spawn: this function is bound, and what it is bound to does not exist on another thread. Pass the function and its arguments, ${MOVE_IT}`]:
    refused((() => 1).bind(null)),
  [`thread.spawn: this function is native and has no source. Call it in a function of your own, ${MOVE_IT}`]:
    refused(Math.max),
  'thread.spawn: this function is ‹n› KiB of source; an inline function has at most 64 KiB. Move it to a module and use tasksFrom().':
    refused(literal(`() => '${'x'.repeat(70_000)}'`)),
  [`thread.spawn: this function uses "‹name›" from its surroundings, which does not exist on another thread. Pass it as an argument — thread.spawn((‹name›) => …, ‹name›) — ${MOVE_IT}`]:
    refused(() => limit),
  [`thread.spawn: this function uses "‹name›", "‹name›" from its surroundings, which do not exist on another thread. Pass them as arguments — thread.spawn((‹names›) => …, ‹names›) — ${MOVE_IT}`]:
    refused(() => limit + offset),
  [`thread.spawn: this function uses "‹name›", which belongs to its file and does not exist on another thread. Use await import('…') inside the function, ${MOVE_IT}`]:
    [refused(literal('() => require("node:fs")')), refused(literal('() => __dirname'))],
  [`thread.spawn: this function uses "‹name›", which belongs to its surroundings and does not exist on another thread. Pass what it needs as an argument, ${MOVE_IT}`]:
    [refused(literal('function () { return this; }')), refused(literal('() => arguments.length'))],
  [`thread.spawn: this function uses "‹name›", which its file imports and which does not exist on another thread. Import it inside the function — ‹line› — ${MOVE_IT}`]:
    refused(literal('() => readFileSync("x")')),
  [`thread.spawn: this function was compiled to use the helper "‹name›", which does not exist on another thread. Compile for ES2022 or later, ${MOVE_IT}`]:
    refused(literal('() => __spreadArray([], [1], true)')),
};
