import { drawCore } from './core/core-table.js';
import { runCore } from './core/run-core.js';

const interrupt = new AbortController();
console.log(`heddle bench: node ${process.version}, core`);
await runCore({
  quick: process.argv.includes('--quick'),
  signal: interrupt.signal,
  progress: (text) => console.error(text),
  rows: (rows) => console.log(drawCore(rows)),
});
