/** A level that cannot be had here: why, and what would allow it, as one sentence for a person. */
export class Refused extends Error {}

/** The reason in an error of the file system, without its path, and its code alone. */
export function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
