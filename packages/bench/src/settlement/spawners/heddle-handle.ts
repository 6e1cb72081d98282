import type { JoinHandle } from '@heddle/runtime';
import type { EndKind, Running } from '../spawner.js';

/** A handle of heddle, as every spawner of it gives one. */
export function running(handle: JoinHandle<unknown>): Running {
  const ended = valueOrThrow(handle);
  // A handle that nobody awaits is no unhandled rejection; this promise would be one.
  ended.catch(() => {});
  return {
    ended,
    abort: () => handle.abort('no longer needed'),
    kind: async () => kindOf(await handle),
    joinBlocking(timeoutMs) {
      try {
        return kindOf(handle.blockingJoin({ timeoutMs }));
      } catch (error) {
        if (error instanceof Error && error.message.includes('has no thread of its own')) return 'refused';
        throw error;
      }
    },
  };
}

/** What the body threw, or else the JoinError: so the same is looked at as with everybody else. */
async function valueOrThrow(handle: JoinHandle<unknown>): Promise<unknown> {
  return await handle.orThrow();
}

function kindOf(result: Awaited<JoinHandle<unknown>>): EndKind {
  return result.ok ? 'value' : result.error.kind;
}
