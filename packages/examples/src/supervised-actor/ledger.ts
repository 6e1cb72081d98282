import { type Proxied, sleep } from '@heddle/runtime';

/** A book of entries that crashes its thread on the entries that it cannot stand. Which those are is for show. */
export class Ledger {
  #total: number;
  readonly #save: Proxied<(snapshot: Snapshot) => void>;
  #entries: number;

  constructor(snapshot: Snapshot, save: Proxied<(snapshot: Snapshot) => void>) {
    this.#entries = snapshot.entries;
    this.#total = snapshot.total;
    this.#save = save;
  }

  /** Answers when the entry is safe: the snapshot is over there before the answer is. */
  async enter(amount: number): Promise<number> {
    await sleep(1);
    if (Number.isNaN(amount)) process.exit(9);
    this.#total += amount;
    this.#entries += 1;
    await this.#save({ entries: this.#entries, total: this.#total });
    return this.#total;
  }
}

/** All that a ledger needs to go on from where another one ended. */
export interface Snapshot {
  readonly entries: number;
  readonly total: number;
}
