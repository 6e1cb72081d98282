/**
 * What any thread may know of one thread and do to it, in memory that all of them see.
 *
 * The token is std's: there is at most one, `unpark` leaves it and `park` takes it. A word, and no message, since a
 * parked thread reads none.
 */
export class ThreadWords {
  readonly #words: Int32Array<SharedArrayBuffer>;

  /** Without a buffer: the words of a new thread. With one: a view of those of a thread that exists. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#words = new Int32Array(buffer);
  }

  get buffer(): SharedArrayBuffer {
    return this.#words.buffer;
  }

  /** Leaves the token, and wakes the thread if it is parked. */
  unpark(): void {
    Atomics.store(this.#words, TOKEN, LEFT);
    Atomics.notify(this.#words, TOKEN);
  }

  /** Takes the token; where there is none, blocks this thread until somebody leaves one or `timeoutMs` have passed. */
  park(timeoutMs: number): void {
    const untilMs = performance.now() + timeoutMs;
    while (!this.#takeToken()) {
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0) return;
      Atomics.wait(this.#words, TOKEN, NONE, leftMs);
    }
  }

  /** Takes the token, if there is one. */
  dropToken(): void {
    this.#takeToken();
  }

  /** Wakes a thread that waits to be told its job. The job is in its port already. */
  tell(): void {
    Atomics.store(this.#words, TOLD, 1);
    Atomics.notify(this.#words, TOLD);
  }

  /** Blocks this thread until somebody says that there is a job for it, for so long at most. */
  waitUntilTold(timeoutMs: number): void {
    Atomics.wait(this.#words, TOLD, 0, timeoutMs);
  }

  /** The number that Node knows the thread by; -1 where none was started. */
  get id(): number {
    return Atomics.load(this.#words, ID) - 1;
  }

  set id(id: number) {
    Atomics.store(this.#words, ID, id + 1);
  }

  /** The number that the kernel knows it by; undefined before the thread has begun, and where there is none. */
  get osId(): number | undefined {
    const id = Atomics.load(this.#words, OS_ID);
    return id === 0 ? undefined : id;
  }

  set osId(id: number | undefined) {
    Atomics.store(this.#words, OS_ID, id ?? 0);
  }

  /** Says that the thread ends, and by which exit code. Its last words have been said. */
  noteEnd(exitCode: number): void {
    Atomics.store(this.#words, EXIT_CODE, exitCode);
    Atomics.store(this.#words, ENDED, 1);
    Atomics.notify(this.#words, ENDED);
  }

  /** The exit code of a thread that has said that it ends; undefined for any other. */
  get exitCode(): number | undefined {
    return Atomics.load(this.#words, ENDED) === 1 ? Atomics.load(this.#words, EXIT_CODE) : undefined;
  }

  /** Blocks this thread until the other says that it ends, for so long at most. */
  waitForEnd(timeoutMs: number): void {
    Atomics.wait(this.#words, ENDED, Atomics.load(this.#words, ENDED), timeoutMs);
  }

  #takeToken(): boolean {
    return Atomics.compareExchange(this.#words, TOKEN, LEFT, NONE) === LEFT;
  }
}

const TOKEN = 0;
const ID = 1;
const OS_ID = 2;
const ENDED = 3;
const EXIT_CODE = 4;
const TOLD = 5;
const WORDS = 6;

const NONE = 0;
const LEFT = 1;
