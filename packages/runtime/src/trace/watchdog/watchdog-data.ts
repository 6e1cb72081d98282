/** What the thread of a watchdog is given. */
export interface WatchdogData {
  readonly arena: SharedArrayBuffer;
  readonly limitMs: number;
  /** One word: not 0 any more when it is to end. */
  readonly over: Int32Array<SharedArrayBuffer>;
}
