import { thread } from '@heddle/runtime';

// The first thread makes Node open stdout and stderr, which stay.
await thread.spawn(() => undefined);
const before = process.getActiveResourcesInfo();
const withAll = thread.builder({ timeoutMs: 60_000, signal: new AbortController().signal, name: 'all' });
await withAll.spawn(() => {
  setInterval(() => undefined, 1_000);
});
const aborted = thread
  .builder({ graceMs: 60_000 })
  .spawn(() => new Promise((done) => setTimeout(done, 60_000)));
aborted.abort();
await aborted;
console.log(JSON.stringify([before, process.getActiveResourcesInfo(), thread.metrics().threadsAlive]));
