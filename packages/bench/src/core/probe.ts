/** One thing whose cost is asked for again and again in one process. */
export interface Probe {
  readonly name: string;
  /** Gives nanoseconds per operation. Throws when the work gave a wrong answer. */
  run(): Promise<number>;
}

/**
 * Runs every probe once per round, and gives the samples of each.
 *
 * The first one moves on by one from round to round, so that none always runs after the same neighbour and
 * meets its garbage. Warm-up rounds are run and thrown away.
 */
export async function interleave(
  probes: readonly Probe[],
  { rounds, warmUps }: { rounds: number; warmUps: number },
): Promise<(name: string) => readonly number[]> {
  const samples = new Map(probes.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (let place = 0; place < probes.length; place += 1) {
      const probe = probes[(place + round + warmUps) % probes.length]!;
      const sample = await probe.run();
      if (round >= 0) samples.get(probe.name)?.push(sample);
    }
  }
  return (name) => samples.get(name) ?? [];
}

/** Gives nanoseconds per operation for `count` operations that began at `startedAtMs`. */
export function nsEach(startedAtMs: number, count: number): number {
  return ((performance.now() - startedAtMs) * 1e6) / count;
}
