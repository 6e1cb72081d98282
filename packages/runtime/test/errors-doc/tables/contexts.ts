import { registerContext, sleep, taskLocal, tasksFrom, thread } from '@heddle/runtime';
import { type Provocations, panicOf, wrong } from '../provocations.js';

const LOCAL = taskLocal<number>('errors-doc.local');

/** The context that goes along with the next spawn: the thread knows two of them, and what to do wrong. */
let goes: string | undefined;
for (const name of ['throws', 'calls nothing', 'cannot be captured']) {
  registerContext({
    name: `errors-doc.${name}`,
    capture() {
      if (goes !== name) return undefined;
      goes = undefined;
      if (name === 'cannot be captured') throw new Error('not now');
      return name;
    },
    run: (_name, fn) => fn(),
  });
}

const odd = tasksFrom<{ noop: () => void }>(new URL('../modules/odd-contexts.mjs', import.meta.url));

function spawnWith(name: string): Promise<unknown> {
  goes = name;
  return panicOf(thread.spawn(odd.noop));
}

export const contexts: Provocations = {
  'registerContext: a context needs a name to be known by, got ‹name›': () =>
    registerContext({ name: '', capture: () => 1, run: (_, fn) => fn() }),
  'registerContext: run() of the context "‹name›" did not call its function': () =>
    spawnWith('calls nothing'),
  'registerContext: run() of the context "‹name›" threw: ‹what›': () => spawnWith('throws'),
  'registerContext: the name ‹name› already belongs to another context': () =>
    registerContext({ name: 'errors-doc.throws', capture: () => 1, run: (_, fn) => fn() }),
  'registerContext: ‹function› must be a function, got ‹value›': [
    () => registerContext({ name: 'errors-doc.x', capture: wrong('id'), run: (_, fn) => fn() }),
    () => registerContext({ name: 'errors-doc.x', capture: () => 1, run: wrong(undefined) }),
  ],
  'taskLocal("‹name›") has no value here: call this inside its scope(), or use tryGet(). A task that was spawned there has it when the local travels.':
    () => LOCAL.get(),
  'taskLocal("‹name›").syncScope: expected a function, got ‹value›': () =>
    LOCAL.syncScope(1, wrong(Promise.resolve())),
  'taskLocal("‹name›").syncScope: the function returned ‹what›, which has not run yet and would run without the value. Use scope().':
    [() => LOCAL.syncScope(1, () => sleep(1)), () => LOCAL.syncScope(1, function* () {})],
  'taskLocal: a task-local needs a name to be known by, got ‹name›': [
    () => taskLocal(''),
    () => taskLocal(wrong(undefined)),
  ],
  'taskLocal: there is a task-local "‹name›" already': () => taskLocal('errors-doc.local'),
  'taskLocal: travels must be true or false, got ‹value›': () =>
    taskLocal('errors-doc.x', { travels: wrong(1) }),
  '‹spawner›: capture() of the context "‹name›" threw: ‹what›': () => spawnWith('cannot be captured'),
};
