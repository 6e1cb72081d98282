import { type Actor, type JoinError, type Result, sleep } from '@heddle/runtime';

/** How often, and after what pause, an actor is started again. */
export interface RestartLimits {
  readonly mostRestarts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/**
 * Keeps an actor running: started again when its thread crashes, after a pause that doubles, and not for ever.
 *
 * `start` makes an actor from the latest state, and `use` works with each, until that ends. Only a crash is answered
 * by a restart: a stop and an abort are meant, and a constructor that throws would throw again.
 */
export async function supervise<O extends object>(
  start: () => Actor<O>,
  use: (actor: Actor<O>) => Promise<void>,
  { mostRestarts, firstDelayMs, longestDelayMs }: RestartLimits,
): Promise<Result<void, JoinError>> {
  for (let restarts = 0; ; restarts += 1) {
    const actor = start();
    const [outcome] = await Promise.all([actor.handle, use(actor)]);
    if (outcome.ok || !outcome.error.isCrash() || restarts === mostRestarts) return outcome;
    await sleep(Math.min(firstDelayMs * 2 ** restarts, longestDelayMs));
  }
}
