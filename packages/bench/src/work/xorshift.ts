/**
 * The work of every workload: `steps` rounds of Marsaglia's xorshift, from a `seed` other than zero.
 *
 * Each step needs the one before, so nothing can be skipped or spread out, and the result tells whether it was
 * done. A multiply-and-add loop would not do: on Node 24 it stays six times slower in some processes.
 */
export function xorshift(seed: number, steps: number): number {
  let x = seed | 0;
  for (let step = 0; step < steps; step += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x;
}
