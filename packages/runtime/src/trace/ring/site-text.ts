import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * The place of a spawn as a recording shows it: below the working directory, or else the file's name alone. A recording
 * may be shared, and a path from the root names who made it.
 */
export function siteText(site: string): string {
  base ??= workingDirectory();
  const path = base === '' ? '' : relative(base, resolve(base, site));
  const isBelow = path !== '' && !isAbsolute(path) && !path.startsWith(`..${sep}`);
  return (isBelow ? path : (site.split(sep).at(-1) ?? site)).split(sep).join('/');
}

/** Read once: it may be removed under a program that runs, and a spawn must not throw for that. */
let base: string | undefined;

/** Empty where it is gone. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}
