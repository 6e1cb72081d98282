/** Says which tokens are still held when nobody has them, and who is told all the same. */
import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CancellationToken, spawn } from '@heddle/runtime';

const lines = [];
const root = new CancellationToken();
const forgotten = [];

/** In a function: what the module's own body has had last stays with it. */
function forget() {
  const child = root.childToken();
  void child.signal;
  const grandchild = child.childToken();
  forgotten.push(new WeakRef(child), new WeakRef(grandchild), new WeakRef(child.signal));
}
for (let n = 0; n < 100; n += 1) forget();

// What is told all the same, though nobody has the token.
root.childToken().signal.addEventListener('abort', () => lines.push('the listener of a signal'));
const kept = root.childToken().childToken().signal;
const grandchild = root.childToken().childToken();
const operation = root.childToken().cancelled();
const untouched = root.childToken().runUntilCancelled(new Promise(() => {}));
void (async () => {
  await root.childToken().cancelled();
  lines.push('who waits outside any task');
})();
spawn(function* () {
  yield* root.childToken().cancelled();
  lines.push('who waits in a task');
});

// A signal of the program's own, from which tokens were made.
const controller = new AbortController();
for (let n = 0; n < 20; n += 1) CancellationToken.fromSignal(controller.signal).childToken();
const listening = () => getEventListeners(controller.signal, 'abort').length;
const before = listening();

for (let turn = 0; turn < 10; turn += 1) {
  await nextTurn();
  globalThis.gc();
}
const held = forgotten.filter((ref) => ref.deref() !== undefined).length;
console.log(`held of ${forgotten.length} that were forgotten: ${held}`);
console.log(`listeners: ${before}, then ${listening()}`);

root.cancel('why');
await Promise.all([operation, untouched, nextTurn()]);
if (kept.aborted && kept.reason === 'why') lines.push('a signal that was kept');
if (grandchild.isCancelled()) lines.push('the child of one that was forgotten');
console.log(`told: ${lines.sort().join(', ')}`);
