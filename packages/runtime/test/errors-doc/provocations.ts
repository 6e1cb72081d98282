import type { JoinHandle, Op } from '@heddle/runtime';

/**
 * Brings one message about: throws it, or gives it. A handle and an `Err` count as their error, and text that is
 * no error is given as a string.
 */
export type Provoke = () => unknown;

/** How the texts of one table come about, by the text of the row. Several, where several callers give it. */
export type Provocations = Readonly<Record<string, Provoke | readonly Provoke[]>>;

/** The message that a provocation brings about, whichever way. */
export async function messageOf(provoke: Provoke): Promise<unknown> {
  try {
    const given = await provoke();
    const { ok, error } = Object(given) as { readonly ok?: unknown; readonly error?: unknown };
    return ok === false ? error : given;
  } catch (error) {
    return error;
  }
}

/** What the body of a task threw. */
export async function panicOf(handle: JoinHandle<unknown>): Promise<unknown> {
  const result = await handle;
  return result.ok ? result : result.error.tryIntoPanic().unwrapOr(result.error);
}

/** An operation that nobody uses, for who wants to use it wrongly. */
export function iterated(operation: Iterable<unknown> | Op<unknown>): unknown {
  return [...(operation as Iterable<unknown>)];
}

/** Passes what the type checker would refuse. */
export const wrong = (value: unknown): never => value as never;
