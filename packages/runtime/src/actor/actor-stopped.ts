/**
 * Is what a call of an actor's method rejects with when the actor was stopped before the call.
 *
 * One whose thread ended otherwise rejects with the `JoinError` that its handle gives.
 *
 * @example
 * const actor = await thread.actor(
 *   tasksFrom<{ Counter: new (start: number) => { add(n: number): number } }>(
 *     new URL('./counter.js', import.meta.url),
 *   ).Counter,
 *   40,
 * );
 * await actor.stop();
 * const refused: unknown = await actor.remote.add(1).catch((error: unknown) => error);
 * console.log(refused instanceof ActorStopped); // true
 */
export class ActorStopped extends Error {
  override readonly name = 'ActorStopped';
  readonly code = 'ERR_ACTOR_STOPPED';

  /** Not for programs: an actor makes it. */
  constructor(caller: string) {
    super(`${caller}: the actor is stopped`);
  }
}
