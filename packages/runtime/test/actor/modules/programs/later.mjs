/** Calls back in a while. */
export class Later {
  constructor(fn) {
    setTimeout(fn, 100);
  }

  wait() {
    return new Promise(() => {});
  }
}
