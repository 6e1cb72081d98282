export const value: number = 1;
export const text: string = 'x'.repeat(200);
export async function asyncly(n: number): Promise<number> {
  return n + 1;
}
export class Counter {
  n = 0;
  next(): number {
    return ++this.n;
  }
}
export async function* many(): AsyncGenerator<number, void, unknown> {
  yield 1;
}
function mine(): string {
  return 'mine';
}

export { mine as constructor, mine as toString };
