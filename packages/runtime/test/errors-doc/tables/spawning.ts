import {
  abortOnDrop,
  JoinMap,
  JoinSet,
  join,
  main,
  mapConcurrent,
  Runtime,
  type Scope,
  scope,
  spawn,
  TaskTracker,
  task,
  thread,
} from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import { linesOf } from '../child.js';
import { type Provocations, panicOf, wrong } from '../provocations.js';

export const spawning: Provocations = {
  '‹spawner›: expected a function, a generator or a reference from tasksFrom(), got ‹value›': [
    () => spawn(wrong(42)),
    () => new Runtime().spawn(wrong(42)),
    () => task.builder({}).spawn(wrong(42)),
    () => new JoinSet().spawn(wrong(42)),
  ],
  '‹spawner›: got a Promise, whose work has already begun. Pass the function: ‹spawner›(emitTelemetry).': [
    () => spawn(wrong(Promise.resolve())),
    () => new Runtime().spawn(wrong(Promise.resolve())),
  ],
  '‹spawner›: this generator object was given before. Call its function again for another.': [
    () => {
      const body = (function* () {})();
      spawn(body);
      spawn(body);
    },
    () => {
      const body = (function* () {})();
      join(body, body);
    },
  ],
  '‹spawner›: got an async generator, which gives many values where a task gives one: return a channel instead.':
    [() => spawn(wrong(async function* () {})), () => spawn(wrong((async function* () {})()))],
  "Can't get a task id when not inside a task. Use task.tryId().": () => task.id(),
  "Can't get a task's signal when not inside a task.": () => task.signal,
  'task.builder: priority must be a number, got ‹value›': () => task.builder({ priority: Number.NaN }),
  '‹caller›: expected a JoinHandle of heddle': [
    () => new JoinSet().add(wrong(Promise.resolve())),
    () => new JoinMap().add('key', wrong(Promise.resolve())),
    () => new TaskTracker().trackTask(wrong(Promise.resolve())),
  ],
  'JoinMap.add: task ‹n› is in the map under another key': () => {
    const map = new JoinMap<string, number>();
    const handle = spawn(() => 1);
    map.add('one key', handle);
    map.add('another key', handle);
  },
  'abortOnDrop: expected a JoinHandle or an AbortHandle of heddle, got ‹value›': () =>
    abortOnDrop(wrong(Promise.resolve())),
  'mapConcurrent: the items must be iterable or async iterable, got ‹value›': () =>
    mapConcurrent(wrong(Promise.resolve([])), () => 1, { concurrency: 1 }),
  'mapConcurrent: expected a function or a reference from tasksFrom(), got ‹value›': () =>
    mapConcurrent([1], wrong(undefined), { concurrency: 1 }),
  'mapConcurrent: expected a spawner of heddle': () =>
    mapConcurrent([1], () => 1, { concurrency: 1, spawn: wrong(() => undefined) }).next(),
  'mapConcurrent: ordered must be true or false, got ‹value›': () =>
    mapConcurrent([1], () => 1, { concurrency: 1, ordered: wrong(1) }),
  'mapConcurrent: spawn must be a spawner, got ‹value›': () =>
    mapConcurrent([1], () => 1, { concurrency: 1, spawn: wrong(thread) }),
  'scope: expected a function, got ‹value›': () => scope(wrong(Promise.resolve())),
  'scope: expected a spawner of heddle': () =>
    scope(
      (s) =>
        void s.spawnOn(
          wrong(() => undefined),
          () => 1,
        ),
    ),
  'scope: its body has ended, so it takes no more children': async () => {
    let kept: Scope | undefined;
    await scope((s) => {
      kept = s;
    });
    return kept?.spawn(() => 1);
  },
  'thread.prewarm: the number of spares must be a whole number from 0 to 256, got ‹value›.': () =>
    thread.prewarm(-1),
  'thread.prewarm: a spare ended with exit code ‹n› before it had booted.': async () =>
    new Error((await linesOf('spare-ends.mjs', [], ['--import', ENDS_EVERY_THREAD]))[0]),
  'main: a main is running in this process already; use spawn inside it.': () =>
    main(() => void main(() => 1), { signals: false }),
  'main: expected a function, got ‹value›': () => main(wrong(Promise.resolve())),
  '‹what› (this is a bug in heddle, please report it)': () => {
    let turn: (() => void) | undefined;
    class KeepsTheTurn extends ManualHost {
      override microtask(again: () => void): void {
        turn = again;
      }
    }
    const handle = new Runtime({ host: new KeepsTheTurn() }).spawn(() => turn?.());
    turn?.();
    return panicOf(handle);
  },
};

/** Preloaded into every thread of a program. */
const ENDS_EVERY_THREAD =
  'data:text/javascript,import{isMainThread}from"node:worker_threads";if(!isMainThread)process.exit(3)';
