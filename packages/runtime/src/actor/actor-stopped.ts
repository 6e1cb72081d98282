/**
 * Is what a call of an actor's method rejects with when the actor was stopped before the call.
 *
 * One whose thread ended otherwise rejects with the `JoinError` that its handle gives.
 */
export class ActorStopped extends Error {
  override readonly name = 'ActorStopped';
  readonly code = 'ERR_ACTOR_STOPPED';

  /** Not for programs: an actor makes it. */
  constructor(caller: string) {
    super(`${caller}: the actor is stopped`);
  }
}
