/** A class of the user's own, with a name, a code and properties of its own. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly code = 'E_ORDER';
  readonly order: number;
  readonly items: readonly string[];

  constructor(order: number, items: readonly string[]) {
    super('order refused', { cause: new TypeError('no stock') });
    this.order = order;
    this.items = items;
  }
}
