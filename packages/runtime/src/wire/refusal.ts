/** Why something may not cross to another thread; each is a section of docs/errors.md. */
export type RefusalCode = 'ERR_NOT_SENDABLE' | 'ERR_NOT_SELF_CONTAINED' | 'ERR_TASK_MODULE';

/** A `TypeError` with a `code`: what is thrown, at the call, when something cannot cross to another thread. */
export interface Refusal extends TypeError {
  readonly code: RefusalCode;
}

/** Makes the error; the caller throws it, so that every `throw` stays visible where it happens. */
export function refusal(code: RefusalCode, message: string, options?: { readonly cause: unknown }): Refusal {
  const error = Object.assign(new TypeError(message, options), { code });
  made.add(error);
  return error;
}

/** Whether `error` is one of these, made here. */
export function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && made.has(error);
}

const made = new WeakSet<object>();
