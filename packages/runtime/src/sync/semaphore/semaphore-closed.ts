/**
 * Is thrown to who wants permits of a semaphore that was closed. Source: `tokio::sync::AcquireError`.
 *
 * @example
 * const semaphore = new Semaphore(0);
 * const worker = spawn(async () => {
 *   try {
 *     await semaphore.acquire();
 *   } catch (error) {
 *     if (!(error instanceof SemaphoreClosed)) throw error;
 *     return 'no more work';
 *   }
 * });
 * semaphore.close();
 * console.log((await worker).unwrap()); // no more work
 */
export class SemaphoreClosed extends Error {
  override readonly name = 'SemaphoreClosed';
  readonly code = 'ERR_SEMAPHORE_CLOSED';

  /** Not for programs: a semaphore makes it. */
  constructor(caller: string) {
    super(`${caller}: the semaphore is closed`);
  }
}
