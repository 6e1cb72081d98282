import { type JoinHandle, thread } from '@heddle/runtime';

/** A call that must give its value on another thread, whichever tool has rewritten this file. */
export interface Works {
  readonly call: () => JoinHandle<unknown>;
  readonly gives: unknown;
}

/** Given properties of its own, which its source does not use. */
const decorated = Object.assign((n: number) => n + 1, { unit: 'ms', displayName: 'decorated' });

const object = {
  method(n: number): number {
    return n + 1;
  },
  async asyncMethod(n: number): Promise<number> {
    return (await n) + 1;
  },
  *generatorMethod(n: number): Generator<never, number> {
    return n + 1;
  },
  'with spaces'(n: number): number {
    return n + 1;
  },
  [`${'compu'}ted`](n: number): number {
    return n + 1;
  },
  field: (n: number): number => n + 1,
  get given(): (n: number) => number {
    return (n) => n + 1;
  },
};

class Counter {
  static next(n: number): number {
    return n + 1;
  }
  next(n: number): number {
    return n + 1;
  }
}

async function asynchronous(n: number): Promise<number> {
  return (await Promise.resolve(n)) + 1;
}

function* generator(n: number): Generator<never, number> {
  return n + 1;
}

function declared(n: number): number {
  return n + 1;
}

export const works: Readonly<Record<string, Works>> = {
  'an arrow function': { call: () => thread.spawn((n: number) => n + 1, 1), gives: 2 },
  'a function declaration': { call: () => thread.spawn(declared, 1), gives: 2 },
  'a function expression that calls itself by its name': {
    call: () =>
      thread.spawn(function sum(n: number): number {
        return n === 0 ? 0 : n + sum(n - 1);
      }, 3),
    gives: 6,
  },
  'an async function': { call: () => thread.spawn(asynchronous, 1), gives: 2 },
  'a generator function': { call: () => thread.spawn(generator, 1), gives: 2 },
  'method shorthand': { call: () => thread.spawn(object.method, 1), gives: 2 },
  'an async method': { call: () => thread.spawn(object.asyncMethod, 1), gives: 2 },
  'a generator method': { call: () => thread.spawn(object.generatorMethod, 1), gives: 2 },
  'a method whose name is no identifier': { call: () => thread.spawn(object['with spaces'], 1), gives: 2 },
  'a method whose name is computed': {
    call: () => thread.spawn(object.computed as (n: number) => number, 1),
    gives: 2,
  },
  'an arrow function in a field': { call: () => thread.spawn(object.field, 1), gives: 2 },
  'a function that a getter gives': { call: () => thread.spawn(object.given, 1), gives: 2 },
  'a method of a class': { call: () => thread.spawn(Counter.prototype.next, 1), gives: 2 },
  'a static method': { call: () => thread.spawn(Counter.next, 1), gives: 2 },
  'a function with properties of its own, which it does not read': {
    call: () => thread.spawn(decorated, 1),
    gives: 2,
  },
  'a function of the Function constructor': {
    call: () => thread.spawn(new Function('n', 'return n + 1') as (n: number) => number, 1),
    gives: 2,
  },
  'arguments of its own': {
    call: () =>
      thread.spawn(
        function (this: unknown, _a: number, _b: number) {
          // biome-ignore lint/complexity/noArguments: it is what is tested.
          return arguments.length;
        },
        1,
        2,
      ),
    gives: 2,
  },
  'default parameters that use the ones before': {
    call: () => thread.spawn((a: number, b: number = a + 1, c: number = a + b) => c, 1),
    gives: 3,
  },
  'destructured parameters': {
    call: () =>
      thread.spawn(({ a, b: [c, ...d], ...e }: { a: number; b: number[]; f: number }) => [a, c, d, e], {
        a: 1,
        b: [2, 3],
        f: 4,
      }),
    gives: [1, 2, [3], { f: 4 }],
  },
  'this, super and new.target of what it declares itself': {
    call: () =>
      thread.spawn((n: number) => {
        class Base {
          readonly made: boolean;
          constructor() {
            this.made = new.target === Derived;
          }
          value(): number {
            return n;
          }
        }
        class Derived extends Base {
          #extra = 1;
          static one = 1;
          override value(): number {
            return super.value() + this.#extra + Derived.one;
          }
        }
        const derived = new Derived();
        return [derived.made, derived.value()];
      }, 1),
    gives: [true, 3],
  },
  'labelled breaks': {
    call: () =>
      thread.spawn((n: number) => {
        let turns = 0;
        outer: for (;;) {
          for (;;) {
            turns += 1;
            if (turns > n) break outer;
            continue outer;
          }
        }
        return turns;
      }, 3),
    gives: 4,
  },
  'template literals with functions in them': {
    call: () =>
      thread.spawn((n: number) => {
        const inner = (text: string): string => `<${[1, 2].map((x) => `${x}${text}`).join('`')}>`;
        return `${inner(`}${n}{`)}\u0060`;
      }, 1),
    gives: '<1}1{`2}1{>`',
  },
  'regular expressions that look like other things': {
    call: () =>
      thread.spawn((text: string) => [/[/}\])"'`]/u.test(text), /\/\*(?<x>.)/u.exec('/*y')?.groups?.x], '}'),
    gives: [true, 'y'],
  },
  'letters of any alphabet, in names and in text': {
    call: () =>
      thread.spawn(
        (größe: string, 名前: string) => {
          const итог = `${größe}€😀${名前}\u2028`;
          return { итог, 'clé ': 'ñ' };
        },
        'ß',
        '日本',
      ),
    gives: { итог: 'ß€😀日本\u2028', 'clé ': 'ñ' },
  },
  'comments, also odd ones': {
    call: () =>
      // before
      thread.spawn(
        /* here } */ async (/* n */ n: number /* , */) => /* => */ n + 1 /* after ) */,
        1 /* one */,
      ),
    gives: 2,
  },
  'functions inside, by their names': {
    call: () =>
      thread.spawn((n: number) => {
        const half = (x: number): number => x / 2;
        function twice(x: number): number {
          return half(x) * 4;
        }
        return twice(n);
      }, 3),
    gives: 6,
  },
  'eval of what it has itself': {
    // biome-ignore lint/security/noGlobalEval: it is what is tested.
    call: () => thread.spawn((n: number) => [typeof n, eval('1 + 1')], 1),
    gives: ['number', 2],
  },
  'import() of a built-in module': {
    call: () => thread.spawn(async () => (await import('node:path')).posix.sep),
    gives: '/',
  },
  'import() of a module beside its file': {
    call: () =>
      thread.spawn(async (n: number) => {
        const { double, default: triple } = await import('./names.js');
        return [double(n), triple(n)];
      }, 2),
    gives: [4, 6],
  },
  'import() of this library': {
    call: () =>
      thread.spawn(async () => {
        const { spawn } = await import('@heddle/runtime');
        return (await spawn(() => 'inside')).unwrap();
      }),
    gives: 'inside',
  },
  'new syntax': {
    call: () =>
      thread.spawn(
        async (list: number[]) => {
          let none: number | null = null;
          none ??= list.at(-1) ?? 0;
          for await (const n of list) none += n ** 2;
          return { none, big: 1_0n, maybe: (list as { x?: number })?.x };
        },
        [1, 2],
      ),
    gives: { none: 7, big: 10n, maybe: undefined },
  },
};
