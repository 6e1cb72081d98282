export class Counter {
  #total;

  constructor(total) {
    this.#total = total;
  }

  add(n) {
    this.#total += n;
    return this.#total;
  }

  never() {
    return new Promise(() => undefined);
  }
}
