import { thrownText } from '../base/error-text.js';
import { debugQuote } from '../base/printable.js';
import type { Payload, Transferred } from './payload.js';
import { type CarriedContext, registeredContexts } from './register-context.js';
import { sendValue } from './send-value.js';

/** One thing that goes with a job beside its arguments: the value of a task-local, or a registered context. */
export interface CarriedValue {
  readonly kind: 'local' | 'context';
  readonly name: string;
  readonly payload: Payload;
}

/** What goes with a job, ready to be posted. */
export interface PackedContext {
  readonly carried: readonly CarriedValue[];
  readonly transfer: readonly Transferred[];
}

/** A task-local value that travels. Kept as a list of which each knows the next. */
export interface TravellingLocal {
  readonly name: string;
  readonly value: unknown;
  readonly outer: TravellingLocal | undefined;
}

let travellingLocals: () => TravellingLocal | undefined = () => undefined;

/** Says how to find the task-local values that travel. Who runs tasks knows where they are. */
export function fillTravellingLocals(read: () => TravellingLocal | undefined): void {
  travellingLocals = read;
}

/**
 * Collects what goes with a job that is spawned here. Gives undefined where that is nothing.
 *
 * @param spawner the name that a refusal begins with: `thread.spawn`.
 * @throws {TypeError} `ERR_NOT_SENDABLE` for a value that cannot cross, by the name of its local or context.
 * @throws {Error} what `capture` threw, with the name of its context.
 */
export function packContext(spawner: string): PackedContext | undefined {
  const carried: CarriedValue[] = [];
  const transfer: Transferred[] = [];
  const pack = (kind: CarriedValue['kind'], caller: string, name: string, value: unknown): void => {
    const sent = sendValue(value, `${caller}(${debugQuote(name)})`, `${spawner}: `);
    carried.push({ kind, name, payload: sent.payload });
    transfer.push(...sent.transfer);
  };
  for (let local = travellingLocals(); local !== undefined; local = local.outer) {
    pack('local', 'taskLocal', local.name, local.value);
  }
  for (const context of registeredContexts()) {
    const value = capture(spawner, context);
    if (value !== undefined) pack('context', 'registerContext', context.name, value);
  }
  return carried.length === 0 ? undefined : { carried, transfer };
}

function capture(spawner: string, context: CarriedContext): unknown {
  try {
    return context.capture();
  } catch (thrown) {
    const name = debugQuote(context.name);
    throw new Error(`${spawner}: capture() of the context ${name} threw: ${thrownText(thrown)}`, {
      cause: thrown,
    });
  }
}
