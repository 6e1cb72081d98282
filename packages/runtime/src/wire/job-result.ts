import type { Payload, Transferred } from './payload.js';
import { receiveValue } from './receive-value.js';
import { isRefusal, type Refusal } from './refusal.js';
import { sendValue } from './send-value.js';

/** A result ready to be posted, or why it cannot be: the task's panic. */
export type EncodedResult =
  | { readonly ok: true; readonly payload: Payload; readonly transfer: readonly Transferred[] }
  | { readonly ok: false; readonly error: Refusal };

/** Makes what a task returned ready to be sent back. Never throws. */
export function encodeResult(value: unknown): EncodedResult {
  try {
    const { payload, transfer } = sendValue(value, 'result');
    return { ok: true, payload, transfer };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { ok: false, error };
  }
}

/** What the task returned, on the thread that spawned it. */
export function decodeResult(payload: Payload): unknown {
  return receiveValue(payload);
}
