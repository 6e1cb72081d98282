import { createHook } from 'node:async_hooks';

/** How many ports this thread has made and not closed, from the import of this on. */
const open = new Set();
createHook({
  init: (id, type) => {
    if (type === 'MESSAGEPORT') open.add(id);
  },
  destroy: (id) => open.delete(id),
}).enable();

export const openPorts = () => open.size;
