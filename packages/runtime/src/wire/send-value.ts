import { leaveAll } from './movable-class.js';
import type { Payload, Transferred } from './payload.js';
import { copySurvey } from './value/copy-survey.js';
import { isSimple } from './value/simple.js';
import { surveyValue } from './value/survey-value.js';

/** A value as it is given to `postMessage`. */
export interface SentValue {
  readonly payload: Payload;
  readonly transfer: readonly Transferred[];
  /** How many objects that hold others are in it: it is nested no deeper than that. */
  readonly objects: number;
}

/**
 * Makes `value` ready to be sent, or refuses it.
 *
 * @param root what the value is called in a refusal: `args`, `result`.
 * @param prefix what a refusal begins with: `thread.spawn: `.
 * @throws {TypeError} `ERR_NOT_SENDABLE`: `thread.spawn: args[0].onDone: function cannot cross to another thread.`
 */
export function sendValue(value: unknown, root: string, prefix = ''): SentValue {
  const { payload, transfer, leaving, objects } = readyValue(value, root, prefix);
  leaveAll(leaving);
  return { payload, transfer, objects };
}

/** A value that is fit to be sent, and perhaps never is: what would move with it has not left yet. */
export interface ReadyValue extends SentValue {
  /** What moves with it: `leaveAll` once it was posted. */
  readonly leaving: readonly object[];
}

/** The same for a value that may have to wait before it is sent. */
export function readyValue(value: unknown, root: string, prefix = ''): ReadyValue {
  if (isSimple(value)) return { payload: { value }, transfer: NOTHING, leaving: NOTHING, objects: 0 };
  const survey = surveyValue(value, root, prefix);
  const { restore, leaving } = survey;
  const objects = survey.found.length;
  const transfer = survey.transfer.size > 0 ? [...survey.transfer] : NOTHING;
  if (survey.replace.size > 0) {
    return { payload: copySurvey(value, survey), transfer, leaving, objects };
  }
  return { payload: restore.length > 0 ? { value, restore } : { value }, transfer, leaving, objects };
}

const NOTHING: readonly never[] = [];
