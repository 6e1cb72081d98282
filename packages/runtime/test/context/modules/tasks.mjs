/** Task functions that tell in whose context they run. */
import { sleep, spawn, tasksFrom, thread } from '@heddle/runtime';
import { LOCAL, request, TRACE } from './request.mjs';

const own = () => `${request.getStore()?.id}/${TRACE.tryGet()}/${LOCAL.tryGet()}`;

export async function seenAsync() {
  const seen = [own()];
  await sleep(1);
  seen.push(own());
  await new Promise((resolve) => setImmediate(resolve));
  seen.push(own());
  return seen;
}

export function* seenInGenerator() {
  const seen = [own()];
  yield* sleep(1);
  seen.push(own());
  const child = yield* spawn(function* () {
    yield* sleep(1);
    return own();
  });
  seen.push(child.unwrap());
  return seen;
}

export const seenAtOnce = () => [own()];

/** What a thread sees that this thread spawns. */
export async function seenFurther() {
  const { seenAsync } = tasksFrom(new URL('./tasks.mjs', import.meta.url));
  const far = await thread.spawn(seenAsync);
  return [own(), ...far.unwrap()];
}

export function write(words) {
  words[0] = 1;
}

export const traceOf = () => TRACE.get();

/** An object on a thread of its own: each call tells whose it is. */
export class Teller {
  async seen() {
    return seenAsync();
  }
}
