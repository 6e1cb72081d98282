import { sleep, spawn } from '@heddle/runtime';

/** Leaves a task, and writes into `text` how that ended. */
export function run(text) {
  const left = spawn(() => sleep(60_000));
  left.then(({ error }) => text.set(new TextEncoder().encode(error.message)));
}
