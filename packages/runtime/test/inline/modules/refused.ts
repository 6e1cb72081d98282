import { thread } from '@heddle/runtime';
import * as names from './names.js';
import triple, { double } from './names.js';

/** A call that must be refused at once. */
export interface Refused {
  readonly call: () => unknown;
  /** What the text must contain where the names are those of this file. */
  readonly says: string;
}

// Values that no minifier can put in the place of the names.
const fixed = Number(process.argv.length);
let counter = fixed;
function helper(n: number): number {
  counter += n;
  return counter;
}
class Shape {
  static made = helper(0);
  side = fixed;
}

function limited(): number {
  return limited.limit;
}
limited.limit = fixed;

const loose = thread.spawn as (fn: unknown, ...args: unknown[]) => unknown;
const surroundings = (name: string): string => `this function uses "${name}" from its surroundings`;
const imported = (name: string): string => `this function uses "${name}", which its file imports`;
const word = (name: string): string => `this function uses "${name}", which belongs to`;

declare const require: (name: string) => unknown;
declare const __dirname: string;

class WithPrivate {
  #value = fixed;
  reader(): (other: WithPrivate) => number {
    return (other) => other.#value;
  }
  static read(other: WithPrivate): number {
    return other.#value;
  }
  get value(): number {
    return this.#value;
  }
}

const object = {
  usesThis(): unknown {
    return this;
  },
  usesSuper(): string {
    return super.toString();
  },
  get accessor(): number {
    return fixed;
  },
};

export const refused: Readonly<Record<string, Refused>> = {
  'a captured const': { call: () => loose(() => fixed), says: surroundings('fixed') },
  'a captured let': { call: () => loose(() => counter), says: surroundings('counter') },
  'a captured let that it writes': {
    call: () =>
      loose(() => {
        counter = 1;
      }),
    says: surroundings('counter'),
  },
  'a captured function': { call: () => loose(() => helper(1)), says: surroundings('helper') },
  'a captured class': { call: () => loose(() => new Shape().side), says: surroundings('Shape') },
  'a captured parameter': {
    call: () => ((parameter: number) => loose(() => parameter))(helper(1)),
    says: surroundings('parameter'),
  },
  'a captured variable of a loop': {
    call: () => {
      for (const step of [helper(1)]) loose(() => step);
    },
    says: surroundings('step'),
  },
  'a captured catch binding': {
    call: () => {
      try {
        throw new Error('boom');
      } catch (caught) {
        loose(() => caught);
      }
    },
    says: surroundings('caught'),
  },
  'a captured name in a default parameter': {
    call: () => loose((n = fixed) => n),
    says: surroundings('fixed'),
  },
  'a captured name in a default of a destructured parameter': {
    call: () => loose(({ n = fixed }) => n, {}),
    says: surroundings('fixed'),
  },
  'a captured name in a function inside': {
    call: () => loose(() => [1].map((n) => n + fixed)),
    says: surroundings('fixed'),
  },
  'a captured name in a template literal': {
    call: () => loose(() => `${[1].map((n) => `${n}${counter}`)}`),
    says: surroundings('counter'),
  },
  'a captured name under typeof': { call: () => loose(() => typeof helper), says: surroundings('helper') },
  'a named import': { call: () => loose(() => double(1)), says: imported('double') },
  'a default import': { call: () => loose(() => triple(1)), says: imported('triple') },
  'an import of a whole module': { call: () => loose(() => names.double(1)), says: 'which its file imports' },
  'the library itself, imported by its file': {
    call: () => loose(() => thread.metrics()),
    says: imported('thread'),
  },
  'this, in a method': { call: () => loose(object.usesThis), says: word('this') },
  'super, in a method': { call: () => loose(object.usesSuper), says: word('super') },
  'this of a bound function': {
    call: () => loose(object.usesThis.bind(object)),
    says: 'this function is bound',
  },
  'new.target of a function': {
    call: () =>
      loose(function () {
        return new.target;
      }),
    says: word('new.target'),
  },
  'arguments of a function around it': {
    call: () =>
      (function (..._args: unknown[]) {
        // biome-ignore lint/complexity/noArguments: it is what is tested.
        return loose(() => arguments.length);
      })(1),
    says: word('arguments'),
  },
  'a private name of its class': {
    call: () => loose(new WithPrivate().reader()),
    says: word('#value'),
  },
  'a private name of its class, in a method': { call: () => loose(WithPrivate.read), says: word('#value') },
  'import.meta': { call: () => loose(() => import.meta.url), says: word('import.meta') },
  require: { call: () => loose(() => require('node:fs')), says: word('require') },
  __dirname: { call: () => loose(() => __dirname), says: word('__dirname') },
  'a property that it reads of itself': {
    call: () => loose(limited),
    says: 'this function reads "limit" of itself',
  },
  'a native function': { call: () => loose(Math.max, 1), says: 'this function is native' },
  'a Proxy of a function': {
    call: () => loose(new Proxy(() => 1, {})),
    says: 'this function is a Proxy',
  },
  'an accessor': {
    call: () => loose(Object.getOwnPropertyDescriptor(object, 'accessor')?.get),
    says: 'this function is an accessor',
  },
  'a class': { call: () => loose(Shape), says: 'got a class' },
  'an async generator': {
    call: () =>
      loose(async function* () {
        yield 1;
      }),
    says: 'got an async generator',
  },
  'more than 64 KiB of source': {
    call: () => loose(new Function(`return "${'x'.repeat(65_536)}"`)),
    says: 'this function is 65 KiB of source',
  },
};
