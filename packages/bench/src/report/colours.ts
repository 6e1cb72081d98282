import pc from 'picocolors';

/** Colours for a terminal, and none for a file or a log, also where the environment says `CI`. */
export const colours: ReturnType<typeof pc.createColors> = pc.createColors(
  wantsColours(process.stdout.isTTY, process.env),
);

/** A terminal may ask for none, by https://no-color.org, or have none: `TERM=dumb`. */
export function wantsColours(
  isTerminal: boolean | undefined,
  { NO_COLOR, TERM }: { readonly NO_COLOR?: string; readonly TERM?: string },
): boolean {
  return isTerminal === true && NO_COLOR === undefined && TERM !== 'dumb';
}
