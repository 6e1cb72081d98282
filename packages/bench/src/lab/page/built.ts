import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The page's own script and style, as the build made them. */
export interface Built {
  readonly script: string;
  readonly style: string;
}

/** Reads them from `dist`, which is as far from here as from this file's own build. */
export function built(): Built {
  const read = (file: string) =>
    readFileSync(new URL(`../../../dist/lab/page/${file}`, import.meta.url), 'utf8');
  try {
    return { script: read('browser.js').trim(), style: read('browser.css').trim() };
  } catch (error) {
    throw new Error('the page has not been built: run pnpm build first', { cause: error });
  }
}

/** The hash by which a policy allows exactly this text, and no other. */
export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
