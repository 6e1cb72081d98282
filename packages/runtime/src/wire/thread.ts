import { registerClass } from './register-class.js';
import { ThreadWords } from './thread-words.js';

/**
 * An OS thread, as other threads may hold it: who it is, and the right to wake it when it is parked.
 *
 * `thread.current()` and `thread.of(handle)` give one. It crosses threads, in arguments, results and shared
 * channels, and a copy is as good as the first. It keeps nothing alive. Source: `std::thread::Thread`.
 *
 * @example
 * const handle = thread.spawn(async () => {
 *   const { thread } = await import('@heddle/runtime');
 *   thread.park();
 *   return thread.current().id;
 * });
 * const sleeper = thread.of(handle);
 * sleeper.unpark();
 * console.log((await handle).unwrap() === sleeper.id); // true
 */
export class Thread {
  /** The name that its builder gave it; `main` for the process's first. Source: `Thread::name`. */
  readonly name: string | undefined;
  /** Where what threads know of it stands. Not for programs. */
  readonly words: SharedArrayBuffer;

  /** Not for programs: see `thread.current()`. */
  constructor(name: string | undefined, words: SharedArrayBuffer) {
    this.name = name;
    this.words = words;
  }

  /**
   * Which thread it is: the `threadId` of `node:worker_threads`, unique in the process and 0 for the first. It is -1
   * where no thread was started, since the task had been aborted before. Source: `Thread::id`.
   */
  get id(): number {
    return new ThreadWords(this.words).id;
  }

  /**
   * The id by which the kernel knows it, as `thread.osThreadId()` gives it inside. `undefined` until the thread has
   * begun, and where it cannot be had, which is everywhere but on Linux.
   */
  get osThreadId(): number | undefined {
    return new ThreadWords(this.words).osId;
  }

  /**
   * Leaves the token that the next `thread.park()` of this thread takes, and wakes it if it is parked. Two calls
   * before one `park` leave one token. Does nothing to a thread that has ended. Source: `Thread::unpark`.
   */
  unpark(): void {
    new ThreadWords(this.words).unpark();
  }
}

registerClass(Thread, 'heddle.Thread');
