import { durationText } from '../../explain/number-text.js';

/** A moment from zero on, or before it, as people read it. */
export function momentText(ns: number): string {
  return ns < 0 ? `−${durationText(-ns)}` : durationText(ns);
}
