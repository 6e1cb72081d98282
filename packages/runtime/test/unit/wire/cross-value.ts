import { decodeResult, encodeResult } from '../../../src/wire/job-result.js';
import { sendValue } from '../../../src/wire/send-value.js';

/** Sends a value to another thread and back into a program's hands, by the algorithm that `postMessage` uses. */
export function crossValue<T>(value: T): T {
  const result = encodeResult(value);
  if (!result.ok) throw result.error;
  return decodeResult(
    structuredClone(result.payload, { transfer: [...result.transfer] as ArrayBuffer[] }),
  ) as T;
}

/** What a refusal of `value` as the first argument says, or `accepted`. */
export function refusalOf(value: unknown): string {
  try {
    sendValue([value], 'args');
  } catch (error) {
    if (!(error instanceof TypeError) || Reflect.get(error, 'code') !== 'ERR_NOT_SENDABLE') throw error;
    return error.message;
  }
  return 'accepted';
}
