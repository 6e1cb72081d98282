const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count as people read it: three digits that matter, thousands apart, and no zeros that say nothing. */
export function countText(count: number): string {
  const size = Math.abs(count);
  if (size >= 1_000 || count === 0) return grouped.format(count);
  if (size >= 100) return count.toFixed(0);
  if (size >= 10) return trim(count.toFixed(1));
  if (size >= 0.01) return trim(count.toFixed(2));
  return size >= 0.0001 ? trim(count.toFixed(4)) : '<0.0001';
}

/** How many times as much, with one decimal where that can be seen. */
export function factorText(factor: number): string {
  if (factor >= 100) return grouped.format(factor);
  if (factor >= 10) return factor.toFixed(0);
  return factor.toFixed(factor < 2 ? 2 : 1);
}

/** A duration in the unit that suits it. */
export function durationText(ns: number): string {
  const unit = unitOf(ns);
  return `${digits(ns / unit.ns)} ${unit.name}`;
}

/** Two durations in the unit that suits the larger one. */
export function rangeText(lowNs: number, highNs: number): string {
  const unit = unitOf(highNs);
  return `${digits(lowNs / unit.ns)} to ${digits(highNs / unit.ns)} ${unit.name}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const UNITS = [
  { name: 's', ns: 1e9 },
  { name: 'ms', ns: 1e6 },
  { name: 'µs', ns: 1e3 },
] as const;

function unitOf(ns: number): { readonly name: string; readonly ns: number } {
  return UNITS.find((unit) => ns >= unit.ns) ?? { name: 'ns', ns: 1 };
}

function digits(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function trim(text: string): string {
  return text.replace(/\.?0+$/, '');
}
