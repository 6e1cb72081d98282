import type { ListedPolicy, Policy, Ready } from './policy.js';

/**
 * A policy of somebody else's, watched so that a mistake in it makes nobody wait for ever.
 *
 * A policy may choose any order, and no more than that: where it has lost a task, or gives one twice or one that it
 * was never given, the task runs that has been ready for longest. `tell` hears of the first such mistake. What a
 * policy throws is passed on, and costs no task that has begun its place.
 *
 * It costs some 50 ns a poll, which is why only a policy that is not our own is watched.
 */
export function guarded(
  policy: Policy,
  tell: (mistake: string) => void,
  hasBegun: (task: Ready) => boolean,
): ListedPolicy {
  const ready = new Set<Ready>();
  let told = false;
  const mistake = (text: string): void => {
    if (!told) tell(text);
    told = true;
  };
  return {
    get lifoSlot() {
      return policy.lifoSlot;
    },

    ...(policy.reads === undefined ? {} : { reads: policy.reads }),

    get size() {
      return ready.size;
    },

    push(task) {
      try {
        policy.push(task);
      } catch (thrown) {
        // One that has begun is ready all the same, or nobody would end it. One that has not fails its spawn.
        if (hasBegun(task)) ready.add(task);
        throw thrown;
      }
      ready.add(task);
    },

    pop() {
      if (ready.size === 0) return undefined;
      const given = policy.pop();
      if (given !== undefined && ready.delete(given)) return given;
      mistake(
        given === undefined
          ? 'pop() gave nothing while tasks were ready'
          : 'pop() gave a task that was not ready',
      );
      // Not asked again: it might give the same for ever.
      const [first] = ready as Iterable<Ready>;
      if (first === undefined) return undefined;
      ready.delete(first);
      try {
        policy.remove(first);
      } catch {
        // It runs all the same; the policy's first mistake has been told.
      }
      return first;
    },

    remove(task) {
      // Forgotten once the policy has answered: where it throws, the task has its turn, and ends there.
      const found = policy.remove(task);
      const known = ready.delete(task);
      if (found !== known) {
        mistake(
          known ? 'remove() did not find a task that was ready' : 'remove() found a task that was not ready',
        );
      }
      return known;
    },

    [Symbol.iterator]: () => ready[Symbol.iterator](),
  };
}
