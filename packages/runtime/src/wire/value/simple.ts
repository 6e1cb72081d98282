/** Whether a value crosses as it is and holds nothing: text, a number, a boolean, a bigint or nothing at all. */
export function isSimple(value: unknown): boolean {
  if (typeof value === 'object') return value === null;
  return typeof value !== 'function' && typeof value !== 'symbol';
}
