import type { Payload, Transferred } from './payload.js';
import { copySurvey } from './value/copy-survey.js';
import { isSimple } from './value/simple.js';
import { surveyValue } from './value/survey-value.js';

/** A value as it is given to `postMessage`. */
export interface SentValue {
  readonly payload: Payload;
  readonly transfer: readonly Transferred[];
}

/**
 * Makes `value` ready to be sent, or refuses it.
 *
 * @param root what the value is called in a refusal: `args`, `result`.
 * @param prefix what a refusal begins with: `thread.spawn: `.
 * @throws {TypeError} `ERR_NOT_SENDABLE`: `thread.spawn: args[0].onDone: function cannot cross to another thread.`
 */
export function sendValue(value: unknown, root: string, prefix = ''): SentValue {
  if (isSimple(value)) return { payload: { value }, transfer: [] };
  const survey = surveyValue(value, root, prefix);
  const transfer = [...survey.transfer];
  if (survey.replace.size > 0) return { payload: copySurvey(value, survey), transfer };
  const { restore } = survey;
  return { payload: restore.length > 0 ? { value, restore } : { value }, transfer };
}
