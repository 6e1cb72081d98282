import type { Policy, Ready } from '@heddle/runtime';

/** Whose deadline comes first is next. It starves who has none, for as long as others with one keep coming. */
export function deadline(): Policy {
  const ready: Ready[] = [];
  return {
    lifoSlot: false,
    push(task) {
      const place = ready.findIndex((other) => other.deadlineMs > task.deadlineMs);
      ready.splice(place < 0 ? ready.length : place, 0, task);
    },
    pop: () => ready.shift(),
    remove(task) {
      const place = ready.indexOf(task);
      if (place >= 0) ready.splice(place, 1);
      return place >= 0;
    },
    get size() {
      return ready.length;
    },
  };
}
