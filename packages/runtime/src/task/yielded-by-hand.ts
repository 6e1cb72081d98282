import { types } from 'node:util';
import { safeInspect } from '../base/safe-inspect.js';
import { SUSPENDED, YIELDED } from '../base/suspension.js';

type Body = Generator<unknown, unknown, unknown>;
type Step = IteratorResult<unknown, unknown>;

/** How often a body may catch what it is thrown and yield by hand again. One that always does would never end. */
const PATIENCE = 100;

/**
 * Throws at a generator that yielded by hand, where it did so: the stack then names the place, and its `finally`
 * blocks run. Gives its next step that is none such, or throws what it threw.
 */
export function throwYielded(body: Body, first: Step): Step {
  let step = first;
  for (let times = 1; step !== SUSPENDED && step !== YIELDED && step.done !== true; times += 1) {
    const error = yieldedByHand(step.value);
    if (times > PATIENCE) throw error;
    step = body.throw(error);
  }
  return step;
}

/** What a generator is thrown that yields something else than our operations yield: nearly always a forgotten star. */
function yieldedByHand(value: unknown): TypeError {
  return new TypeError(
    `a task yielded ${nameOf(value)}, which is not an operation of heddle: use \`yield*\`, as in \`yield* sleep(10)\`; for a promise, \`yield* promised(promise)\`.`,
  );
}

// A promise, printed, is mostly Node's own bookkeeping.
function nameOf(value: unknown): string {
  return types.isPromise(value) ? 'a Promise' : safeInspect(value, 100);
}
