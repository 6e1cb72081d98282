import { join, task } from '@heddle/runtime';
import { Mutex } from '@heddle/runtime/sync';

interface Account {
  readonly number: number;
  readonly balance: Mutex<number>;
}

/** Locks the account that the money is in, then the one that it goes to. */
function* transfer(from: Account, to: Account, amount: number) {
  const source = yield* from.balance.lock();
  try {
    const target = yield* to.balance.lock();
    try {
      source.value -= amount;
      target.value += amount;
    } finally {
      target.release();
    }
  } finally {
    source.release();
  }
}

/** Locks the account with the lower number first, whichever way the money goes. */
function* transferInOrder(from: Account, to: Account, amount: number) {
  const [lower, higher] = from.number < to.number ? [from, to] : [to, from];
  const first = yield* lower.balance.lock();
  try {
    const second = yield* higher.balance.lock();
    try {
      const [source, target] = lower === from ? [first, second] : [second, first];
      source.value -= amount;
      target.value += amount;
    } finally {
      second.release();
    }
  } finally {
    first.release();
  }
}

function* bothWays(how: typeof transfer) {
  const ann: Account = { number: 1, balance: new Mutex(100) };
  const bob: Account = { number: 2, balance: new Mutex(100) };
  yield* join(
    task.builder({ name: 'ann to bob' }).spawn(how, ann, bob, 10),
    task.builder({ name: 'bob to ann' }).spawn(how, bob, ann, 20),
  );
  const [left, right] = yield* join(ann.balance.lock(), bob.balance.lock());
  if (left.value !== 110 || right.value !== 90) throw new Error(`${left.value} and ${right.value}`);
}

export function* broken() {
  yield* bothWays(transfer);
}

export function* mended() {
  yield* bothWays(transferInOrder);
}
