/** A place in a recording, for a thread that is to write what it does. Goes to that thread in the message of its start. */
export interface Seat {
  /** The memory of the whole recording. */
  readonly arena: SharedArrayBuffer;
  /** The place: 0 is the thread that began the recording. */
  readonly place: number;
}
