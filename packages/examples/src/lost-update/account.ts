import { join, spawn } from '@heddle/runtime';
import { Mutex } from '@heddle/runtime/sync';

/** An account that several tasks use. Each of its methods has the lock for as long as it takes. */
class Account {
  readonly #balance: Mutex<number>;

  constructor(balance: number) {
    this.#balance = new Mutex(balance);
  }

  *balance() {
    const guard = yield* this.#balance.lock();
    try {
      return guard.value;
    } finally {
      guard.release();
    }
  }

  *setBalance(balance: number) {
    const guard = yield* this.#balance.lock();
    try {
      guard.value = balance;
    } finally {
      guard.release();
    }
  }

  *add(amount: number) {
    const guard = yield* this.#balance.lock();
    try {
      guard.value += amount;
    } finally {
      guard.release();
    }
  }
}

/** Reads, adds and writes. Each step has the lock; between two of them nobody has. */
function* deposit(account: Account, amount: number) {
  const balance = yield* account.balance();
  yield* account.setBalance(balance + amount);
}

/** Adds in one step, under one lock. */
function* depositAtOnce(account: Account, amount: number) {
  yield* account.add(amount);
}

function* twoDeposits(how: typeof deposit) {
  const account = new Account(100);
  yield* join(spawn(how, account, 10), spawn(how, account, 20));
  const balance = yield* account.balance();
  if (balance !== 130) throw new Error(`100 + 10 + 20 made ${balance}`);
}

export function* broken() {
  yield* twoDeposits(deposit);
}

export function* mended() {
  yield* twoDeposits(depositAtOnce);
}
