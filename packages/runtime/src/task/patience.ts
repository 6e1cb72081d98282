/** How long a body that was told to end may go on by default, in milliseconds. */
export const ABANDON_AFTER_MS = 1000;

/** After how many refused operations a body counts as one that swallows the refusals. */
export const REFUSALS = 100;
