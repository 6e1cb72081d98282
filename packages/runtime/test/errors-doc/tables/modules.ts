import { spawn, type TaskRef, tasksFrom } from '@heddle/runtime';
import { linesOf } from '../child.js';
import { type Provocations, panicOf, wrong } from '../provocations.js';

/** The panic of a task that is spawned from an export of one of the modules beside this folder. */
const fromModule = (file: string, name: string) => () => {
  const url = new URL(`../modules/${file}`, import.meta.url);
  const references = tasksFrom<Record<string, () => void>>(url) as Record<string, TaskRef<() => void>>;
  return panicOf(spawn(references[name] as TaskRef<() => void>));
};

export const modules: Provocations = {
  "tasksFrom: got ‹url›; a task's module is a file: URL, of this machine.": () =>
    tasksFrom('https://example.org/m.js'),
  "tasksFrom: got ‹value›, which is not a URL. Write tasksFrom(new URL('./m.js', import.meta.url)).": [
    () => tasksFrom('./m.js'),
    () => tasksFrom(wrong(undefined)),
  ],
  'tasksFrom: there is no module at ‹url›.': fromModule('no-such-module.mjs', 'run'),
  'tasksFrom: ‹file› exports "then", which makes every import of it wait for that function. Rename the export.':
    fromModule('thenable.mjs', 'run'),
  'tasksFrom: ‹file› has no export "‹name›". It exports ‹names›.': fromModule('exports.mjs', 'nope'),
  'tasksFrom: ‹file› needs Node ≥ 22.18 or the tsx package.': async () => {
    // A Node that strips types is told not to.
    const flags = 'typescript' in process.features ? ['--no-experimental-strip-types'] : [];
    const [line = ''] = await linesOf('without-tsx.mjs', [], flags);
    const { kind, message, code } = JSON.parse(line) as { kind: string; message: string; code: string };
    return Object.assign(kind === 'TypeError' ? new TypeError(message) : new Error(message), { code });
  },
  'tasksFrom: "‹name›" of ‹file› is an async generator, which gives many values where a task gives one: return a channel instead.':
    fromModule('exports.mjs', 'rows'),
  'tasksFrom: "‹name›" of ‹file› is not a function: got ‹value›.': fromModule('exports.mjs', 'limit'),
};
