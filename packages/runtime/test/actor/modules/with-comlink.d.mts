export class Greedy {
  greet(name: string): { readonly text: string; readonly handlers: string[] };
  fail(): void;
}
