/**
 * Refuses to send anything to a thread from a copy of this package that a bundler put into another file.
 *
 * A thread starts from a file of ours beside the others, which such a copy does not have: without a word here, the
 * handle would say that Node cannot find some module. Tasks of this thread run from a bundle as well as from
 * anywhere. So nothing in this package may need its own URL while it is loaded: in a CommonJS bundle there is none.
 *
 * @throws {Error} where this file does not stand under its own name.
 */
export function refuseBundled(spawner: string): void {
  if (isBundled) {
    throw new Error(
      `${spawner}: @heddle/runtime was bundled into another file, and its threads start from files of its own. Leave it out of the bundle: make it external.`,
    );
  }
}

const isBundled = !/\/wire\/bundled\.[jt]s(?:$|[?#])/.test(String(import.meta.url));
