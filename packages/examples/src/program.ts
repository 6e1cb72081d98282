import type { Suspension } from '@heddle/runtime';

/** Where the lines of a program go: called, it is Rust's `println!`; its `error` is `eprintln!`. */
export interface Print {
  (line: string): void;
  error(line: string): void;
}

/**
 * One example, as the body of a task: whoever runs it decides on which runtime, by which clock, and where its
 * lines go. A generator function or an async one; its README says which, and why.
 */
export type Program = (
  print: Print,
  ...args: readonly string[]
) => Promise<void> | Generator<Suspension, void, unknown>;
