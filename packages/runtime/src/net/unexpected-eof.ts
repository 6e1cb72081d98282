/**
 * Is thrown by `readExact` when the peer stopped sending before enough had come. Source: `ErrorKind::UnexpectedEof`.
 *
 * @example
 * const [here, there] = duplex(64);
 * await here.writeAll('hi');
 * await here.shutdown();
 * try {
 *   await there.readExact(10);
 * } catch (error) {
 *   console.log(error instanceof UnexpectedEof); // true
 * }
 */
export class UnexpectedEof extends Error {
  override readonly name = 'UnexpectedEof';
  readonly code = 'ERR_UNEXPECTED_EOF';

  /** Not for programs: `readExact` makes it. */
  constructor(caller: string, wanted: number, got: number) {
    super(`${caller}: the peer stopped sending after ${got} of ${wanted} bytes`);
  }
}
