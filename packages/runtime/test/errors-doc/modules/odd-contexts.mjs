/** Contexts that go wrong on the thread. Their other side is in tables/contexts.ts. */
import { registerContext } from '@heddle/runtime';

registerContext({
  name: 'errors-doc.throws',
  capture: () => undefined,
  run() {
    throw new Error('no context today');
  },
});
registerContext({ name: 'errors-doc.calls nothing', capture: () => undefined, run: () => undefined });

export const noop = () => undefined;
