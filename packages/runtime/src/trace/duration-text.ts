/** A stretch of time for people: three digits and the unit in which they read best, `'31.0 ms'`. */
export function durationText(ns: number, micro = 'µs'): string {
  const size = Math.abs(ns);
  if (size < 1_000) return `${Math.round(ns)} ns`;
  // Rounding may carry into the next unit: 999.96 µs are 1.00 ms.
  if (size < 999_500) return `${digits(ns / 1_000)} ${micro}`;
  if (size < 999_500_000) return `${digits(ns / 1_000_000)} ms`;
  return `${digits(ns / 1_000_000_000)} s`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  if (size < 9.995) return value.toFixed(2);
  return value.toFixed(size < 99.95 ? 1 : 0);
}
