import type { Listing } from './programs.js';

/** What the words after `pnpm example` ask for. */
export type Command =
  | { readonly kind: 'list' }
  | { readonly kind: 'run'; readonly listing: Listing; readonly args: readonly string[] }
  | { readonly kind: 'refused'; readonly text: string };

export function readCommandLine(words: readonly string[], programs: readonly Listing[]): Command {
  const [name, ...args] = words;
  if (name === undefined || name === '--help' || name === '-h') return { kind: 'list' };
  const listing = programs.find((program) => program.name === name);
  if (listing === undefined) {
    return { kind: 'refused', text: `There is no example ${JSON.stringify(name)}.\n\n${listText(programs)}` };
  }
  if (args.length > listing.args.length || args.some((arg) => arg.startsWith('-'))) {
    return { kind: 'refused', text: `usage: pnpm example ${usageOf(listing)}` };
  }
  return { kind: 'run', listing, args };
}

/** Every program with its line. */
export function listText(programs: readonly Listing[]): string {
  const width = Math.max(...programs.map(({ name }) => name.length));
  const lines = programs.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`);
  return `pnpm example <name>, where the name is one of:\n\n${lines.join('\n')}`;
}

function usageOf({ name, args }: Listing): string {
  return [name, ...args.map((arg) => `[${arg}]`)].join(' ');
}
