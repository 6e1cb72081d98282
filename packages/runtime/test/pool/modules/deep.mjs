import { thread } from '@heddle/runtime';

/** A list as deep as it is long. */
export function listOf(length) {
  let list = null;
  for (let n = 0; n < length; n += 1) list = { next: list };
  return list;
}

export function roomLeft() {
  return 1;
}

/** Parks, having said so in the first word, and gives what the second one is when it is woken. */
export function parkFor(words) {
  Atomics.store(words, 0, 1);
  thread.park();
  return Atomics.load(words, 1);
}
