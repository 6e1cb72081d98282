const claimed = new WeakSet<object>();

/** Takes a generator object for the task or branch that will drive it. Throws a `TypeError` the second time: two would take its steps from each other. */
export function claimGenerator(caller: string, generator: object): void {
  if (claimed.has(generator)) {
    throw new TypeError(
      `${caller}: this generator object was given before. Call its function again for another.`,
    );
  }
  claimed.add(generator);
}
