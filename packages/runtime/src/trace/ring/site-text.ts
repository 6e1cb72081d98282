import { isAbsolute, relative, sep } from 'node:path';

/**
 * The place of a spawn as a recording shows it: below the working directory, or else the file's name alone. A recording
 * may be shared, and a path from the root names who made it.
 */
export function siteText(site: string): string {
  const path = relative(process.cwd(), site);
  const isBelow = !isAbsolute(path) && !path.startsWith(`..${sep}`);
  return (isBelow ? path : (site.split(sep).at(-1) ?? site)).split(sep).join('/');
}
