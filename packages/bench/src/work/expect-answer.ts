/** Throws unless an answer is the one expected: what is wrong has no speed. */
export function expectAnswer(what: string, got: unknown, expected: unknown): void {
  if (got !== expected)
    throw new Error(`wrong answer: ${what}: expected ${String(expected)}, got ${String(got)}`);
}

/** Throws unless both lists hold the same numbers in the same order. */
export function expectAnswers(what: string, got: readonly number[], expected: readonly number[]): void {
  expectAnswer(`number of ${what}`, got.length, expected.length);
  for (const [index, value] of expected.entries()) expectAnswer(`${what} ${index}`, got[index], value);
}
