/** Where the far side's entries are. The one place that knows: `dist` mirrors `src`, so that this holds in both. */
export const THREAD_MAIN: URL = new URL('../worker/thread-main.js', import.meta.url);
