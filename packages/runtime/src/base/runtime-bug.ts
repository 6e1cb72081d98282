/**
 * A broken promise of heddle's own: a state that its code says cannot be.
 *
 * It is never thrown for what a caller did (that is a `TypeError`, a `RangeError` or a `JoinError`), so a
 * program has no reason to catch it, and every one that is seen is worth a bug report.
 */
export class RuntimeBug extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} (this is a bug in heddle, please report it)`, options);
  }
}

// On the prototype, as the built-in errors have it: an own `name` would be printed as a property.
Object.defineProperty(RuntimeBug.prototype, 'name', {
  value: 'RuntimeBug',
  writable: true,
  configurable: true,
});
