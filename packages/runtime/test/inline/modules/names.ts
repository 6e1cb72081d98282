/** What an inline function may import, and may not capture. */
export const double = (n: number): number => n * 2 + zero();
export default function triple(n: number): number {
  return n * 3 + zero();
}
export let calls = 0;

/** Nothing that a minifier would dare to put in the place of a call. */
function zero(): number {
  calls += 1;
  return calls - calls;
}
