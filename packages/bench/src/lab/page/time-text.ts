import { countText, durationText } from '../../explain/number-text.js';

/** How long something took; nothing is nothing, in no unit. */
export function lengthText(ns: number): string {
  return ns === 0 ? '0' : durationText(ns);
}

/** How many there are of what is counted. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A moment from zero on, or before it, as people read it. */
export function momentText(ns: number): string {
  return ns < 0 ? `−${lengthText(-ns)}` : lengthText(ns);
}
