import { safeInspect } from '../base/safe-inspect.js';

/** What a generator is thrown that yields something else than our operations yield: nearly always a forgotten star. */
export function yieldedByHand(value: unknown): TypeError {
  return new TypeError(
    `a task yielded ${safeInspect(value, 100)}, which is not an operation of heddle: use \`yield*\`, as in \`yield* sleep(10)\`; for a promise, \`yield* promised(promise)\`.`,
  );
}
