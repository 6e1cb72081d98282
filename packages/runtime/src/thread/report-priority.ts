import { printable } from '../base/printable.js';
import { writeStderr } from '../base/stderr.js';

const told = new Set<string>();

/** Says once for each reason that threads run without their priority. */
export function reportPriority(priority: number | undefined, why: string): void {
  if (told.has(why)) return;
  told.add(why);
  writeStderr(`heddle: a thread runs without its priority ${priority}: ${printable(why)}\n`);
}
