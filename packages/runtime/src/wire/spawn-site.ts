import { fileURLToPath } from 'node:url';
import { callSite, writtenAt } from './inline/call-site.js';

/** Where a program called one of our spawners, for a person: `/app/src/crawl.ts:12:5`. Costs microseconds. */
export function spawnSite(): string | undefined {
  const { file, line, column } = writtenAt(callSite());
  return file === undefined ? undefined : `${fileURLToPath(file)}:${line}:${column}`;
}
