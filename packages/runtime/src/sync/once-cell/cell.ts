import { isThenable } from '../../base/thenable.js';
import { PermitPool } from '../semaphore/permit-pool.js';

/** A place for one value, and the one permit of whoever makes it, which those who need the value wait for. */
export class Cell<T> {
  readonly turns: PermitPool = new PermitPool(1);
  value: T | undefined;
  isFull = false;

  /** Puts the value in. Who waits for his turn to make it is woken and finds it. Throws a `TypeError` for a thenable. */
  fill(caller: string, value: T): void {
    if (isThenable(value)) {
      throw new TypeError(
        `${caller}: got a thenable, which whoever gets the value would await: keep { handle } instead.`,
      );
    }
    this.value = value;
    this.isFull = true;
    this.turns.close();
  }
}
