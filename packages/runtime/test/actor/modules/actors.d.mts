import type { Proxied } from '@heddle/runtime';

export const limit: number;
export function notAClass(): number;

export class Counter {
  constructor(start?: number);
  step: number;
  add(n: number): number;
  value(): number;
  get accessor(): () => number;
  threadId(): number;
}

export class Point {
  constructor(x: number, y: number);
  readonly x: number;
  readonly y: number;
  length(): number;
}

export class NoMoney extends Error {
  constructor(missing: unknown);
  readonly missing: unknown;
}

export class Echo {
  constructor(given?: unknown);
  same(...values: unknown[]): Promise<unknown>;
  nested(depth: number): unknown;
  bytes(length: number): Uint8Array;
  sum(bytes: Uint8Array): number;
  unclonable(): unknown;
  goneAlready(): unknown;
  then(): string;
  throwKind(kind: 'class' | 'code' | 'aggregate' | 'dom' | 'string' | 'undefined'): void;
  many(): Generator<number>;
  manyLater(): AsyncGenerator<number>;
  manyBehind(): unknown;
}

export class Broken {
  constructor(missing: string);
  call(): void;
}

export class Caller {
  times(n: number, fn: Proxied<(i: number) => unknown>): Promise<unknown>;
  report(n: number, options: { readonly onProgress: Proxied<(done: number) => void> }): string;
  keep(fn: Proxied<(value: number) => void>): number;
  drop(fn: Proxied<(value: number) => void>): boolean;
  dropAll(): void;
  tell(value: number): Promise<void>;
  adder(n: number): Proxied<(m: number) => number>;
  pair(): { readonly up: Proxied<(n: number) => number>; readonly down: Proxied<(n: number) => number> };
  ignore(fn: Proxied<() => void>): void;
}

export class Journal {
  constructor(tell?: Proxied<(what: string) => void>);
  note(text: string): void;
  noteLater(text: string): Promise<string>;
  lines(): string[];
  inTasks(n: number): Promise<number>;
  taskName(): [isNumber: string, aborted: boolean];
  waitForAbort(): Promise<void>;
  forever(): Promise<void>;
}

export class BadEnd {
  work(): number;
}

export class Doomed {
  ok(): string;
  exit(code: number): void;
  exitSoon(): string;
  throwOutside(): Promise<void>;
  rejectOutside(): Promise<void>;
  outOfMemory(): void;
  reallyExit(): void;
  spin(): void;
  wait(): Promise<void>;
}
