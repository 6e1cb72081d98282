import type { Policy, Ready } from '@heddle/runtime';

/** Who came last is next. It starves whoever came first, for as long as others keep coming. */
export function lifo(): Policy {
  const stack: Ready[] = [];
  return {
    lifoSlot: false,
    push(task) {
      stack.push(task);
    },
    pop: () => stack.pop(),
    remove(task) {
      const place = stack.indexOf(task);
      if (place >= 0) stack.splice(place, 1);
      return place >= 0;
    },
    get size() {
      return stack.length;
    },
  };
}
