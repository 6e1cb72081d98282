import pc from 'picocolors';

/** Colours for a terminal, and none for a file or a log, also where the environment says `CI`. */
export const colours: ReturnType<typeof pc.createColors> = pc.createColors(
  process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
);
