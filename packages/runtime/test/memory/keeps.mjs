/** Says what is still held when tasks have settled while their handles, and others, live on. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { select, sleep, spawn, yieldNow } from '@heddle/runtime';

const held = new Map();
const handles = [];

/** Something heavy, of which we know whether it is still held. */
function heavy(name) {
  const object = { name, bytes: new Array(1000).fill(name) };
  held.set(name, new WeakRef(object));
  return object;
}

function keep(...kept) {
  handles.push(...kept);
}

const target = spawn(() => sleep(3_600_000));
const storage = new AsyncLocalStorage();

function* generator(object) {
  yield* yieldNow();
  return object.name;
}
async function guest(object) {
  await yieldNow();
  return object.name;
}
function* waits(object) {
  yield* target;
  return object;
}
async function awaits(object) {
  await target;
  return object;
}

keep(
  spawn(generator, heavy('the argument of a generator')),
  spawn(guest, heavy('the argument of an async body')),
);
keep(storage.run(heavy('the store of a generator'), () => spawn(generator, {})));
keep(storage.run(heavy('the store of an async body'), () => spawn(guest, {})));
const aborted = [
  spawn(waits, heavy('what an aborted generator holds')),
  spawn(awaits, heavy('what an aborted async body holds')),
  spawn(waits, heavy('what is aborted before it begins')),
];
keep(...aborted);
keep(
  spawn(function* () {
    const object = heavy('what waited in a branch that lost');
    return (yield* select({ target: waits(object), first: yieldNow() })).key;
  }),
);
keep(
  spawn(async () => {
    const object = heavy('what the parent of a living child holds');
    await yieldNow();
    keep(
      spawn(function* () {
        yield* target;
      }),
    );
    return object.name;
  }),
);
keep(spawn(waits, heavy('waiting')));

aborted[2].abort();
for (let turn = 0; turn < 3; turn += 1) await nextTurn();
for (const handle of aborted) handle.abort();
for (let turn = 0; turn < 10; turn += 1) {
  await nextTurn();
  globalThis.gc();
}
const kept = [...held].filter(([, ref]) => ref.deref() !== undefined).map(([name]) => name);
const expected = kept.length === 1 && kept[0] === 'waiting';
console.log(`kept: ${expected ? 'nothing but what a waiting task holds' : kept.join(', ')}`);
for (const handle of handles) handle.abort();
target.abort();
