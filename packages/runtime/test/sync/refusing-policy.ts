import { type Policy, type Ready, Runtime } from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';

/** A runtime whose policy throws when it is given the task that it was told to refuse: so a wake throws. */
export function refusingRuntime(): {
  readonly host: ManualHost;
  readonly spawn: Runtime['spawn'];
  refuse(task: { readonly id: number }): void;
} {
  const queue: Ready[] = [];
  let refused: number | undefined;
  const policy: Policy = {
    lifoSlot: false,
    push(task) {
      if (task.id === refused) throw new Error('not in my queue');
      queue.push(task);
    },
    pop: () => queue.shift(),
    remove: () => false,
    get size() {
      return queue.length;
    },
  };
  const host = new ManualHost();
  const { spawn } = new Runtime({ host, policy });
  return {
    host,
    spawn,
    refuse({ id }) {
      refused = id;
    },
  };
}
