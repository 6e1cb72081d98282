import type { ListedPolicy, Policy, Ready } from './policy.js';

/**
 * A policy of somebody else's, watched so that a mistake in it makes nobody wait for ever.
 *
 * A policy may choose any order, and no more than that: where it has lost a task, or gives one twice or one that it
 * was never given, the task runs that has been ready for longest. `tell` hears of the first such mistake. What a
 * policy throws is passed on.
 *
 * It costs some 50 ns a poll, which is why only a policy that is not our own is watched.
 */
export function guarded(policy: Policy, tell: (mistake: string) => void): ListedPolicy {
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
      policy.push(task);
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
      if (first !== undefined) this.remove(first);
      return first;
    },

    remove(task) {
      const known = ready.delete(task);
      if (policy.remove(task) !== known) {
        mistake(
          known ? 'remove() did not find a task that was ready' : 'remove() found a task that was not ready',
        );
      }
      return known;
    },

    [Symbol.iterator]: () => ready[Symbol.iterator](),
  };
}
