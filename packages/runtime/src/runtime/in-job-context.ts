import { thrownText } from '../base/error-text.js';
import { debugQuote } from '../base/printable.js';
import { currentLocals, runWithLocals } from '../executor/with-locals.js';
import type { JoinHandle } from '../task/join-handle.js';
import { travelling } from '../task/locals.js';
import { type CarriedValue, fillTravellingLocals } from '../wire/job-context.js';
import { receiveValue } from '../wire/receive-value.js';
import { type CarriedContext, contextNamed } from '../wire/register-context.js';

fillTravellingLocals(() => travelling(currentLocals()));

type Start = () => JoinHandle<unknown>;

/**
 * Starts the task of a job in what was sent along with it: where the spawn is, the task's polls are.
 *
 * A context that nobody has registered here is left out. Throws what a context's `run` threw, by name, and then the
 * task does not begin.
 */
export function inJobContext(
  carried: readonly CarriedValue[] | undefined,
  start: Start,
): JoinHandle<unknown> {
  let inner = start;
  for (const { kind, name, payload } of carried ?? []) {
    const outer = inner;
    const value = receiveValue(payload);
    const context = contextNamed(name);
    if (kind === 'local') {
      inner = () => runWithLocals({ name, value, travels: true, outer: currentLocals() }, outer);
    } else if (context !== undefined) inner = () => startIn(context, value, outer);
  }
  return inner();
}

/** A `run` that does not do what it has to must not start a task twice, nor lose it. */
function startIn(context: CarriedContext, value: unknown, start: Start): JoinHandle<unknown> {
  let started: ReturnType<typeof attempt> | undefined;
  try {
    context.run(value, () => {
      started ??= attempt(start);
    });
  } catch (thrown) {
    if (started?.handle !== undefined) started.handle.abort();
    throw new Error(`${runOf(context)} threw: ${thrownText(thrown)}`, { cause: thrown });
  }
  if (started === undefined) throw new Error(`${runOf(context)} did not call its function`);
  if (started.handle === undefined) throw started.thrown;
  return started.handle;
}

// What is thrown inside is no throw of the `run` around it.
function attempt(start: Start): { readonly handle?: JoinHandle<unknown>; readonly thrown?: unknown } {
  try {
    return { handle: start() };
  } catch (thrown) {
    return { thrown };
  }
}

function runOf({ name }: CarriedContext): string {
  return `registerContext: run() of the context ${debugQuote(name)}`;
}
