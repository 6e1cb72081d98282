import { countText, durationText } from '../../explain/number-text.js';

/** How long something took; nothing is nothing, in no unit. */
export function lengthText(ns: number): string {
  return ns === 0 ? '0' : durationText(ns);
}

/** How many there are of what is counted. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/**
 * A moment from zero on, or before it. With more digits than a length has: of two that are near each other, what
 * differs is at the end.
 */
export function momentText(ns: number): string {
  const size = Math.abs(ns);
  if (size < 1e6) return `${ns < 0 ? '−' : ''}${lengthText(size)}`;
  const [unit, name, digits] = size < 1e9 ? ([1e6, 'ms', 2] as const) : ([1e9, 's', 4] as const);
  return `${ns < 0 ? '−' : ''}${Number((size / unit).toFixed(digits))} ${name}`;
}
