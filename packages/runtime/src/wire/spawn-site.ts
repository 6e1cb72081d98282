import { fileURLToPath } from 'node:url';
import { type CallSite, callSite, isSameSite, writtenAt } from './inline/call-site.js';

/**
 * Where a program called one of our spawners, for a person: `/app/src/crawl.ts:12:5`.
 *
 * Finding the site takes microseconds, so whoever has found it already gives it.
 */
export function spawnSite(site: CallSite = callSite()): string | undefined {
  if (last === undefined || !isSameSite(last.site, site)) last = { site, text: siteText(site) };
  return last.text;
}

/** A loop spawns again and again from the same place. */
let last: { readonly site: CallSite; readonly text: string | undefined } | undefined;

function siteText(site: CallSite): string | undefined {
  const { file, line, column } = writtenAt(site);
  return file === undefined ? undefined : `${fileURLToPath(file)}:${line}:${column}`;
}
