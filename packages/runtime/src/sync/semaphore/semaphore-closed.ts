/** Is thrown to who wants permits of a semaphore that was closed. Source: `tokio::sync::AcquireError`. */
export class SemaphoreClosed extends Error {
  override readonly name = 'SemaphoreClosed';
  readonly code = 'ERR_SEMAPHORE_CLOSED';

  /** Not for programs: a semaphore makes it. */
  constructor(caller: string) {
    super(`${caller}: the semaphore is closed`);
  }
}
