/** What a module of tasks imports, by the name that it has when it is built. */
export function times(text: string, count: number): string {
  return text.repeat(count satisfies number);
}
