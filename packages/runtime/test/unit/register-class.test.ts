import { describe, expect, it } from 'vitest';
import { Err, Ok } from '../../src/base/result.js';
import { classNamed, nameOfPrototype, registerClass } from '../../src/wire/register-class.js';

const unique = (name: string) => `register-class.test/${name}`;

describe('registerClass', () => {
  it('makes a class known by its name, and its prototype by the same', () => {
    class RegisteredByItsOwnName {}
    registerClass(RegisteredByItsOwnName);
    expect(classNamed('RegisteredByItsOwnName')).toBe(RegisteredByItsOwnName);
    expect(nameOfPrototype(RegisteredByItsOwnName.prototype)).toBe('RegisteredByItsOwnName');
    class Point {}
    registerClass(Point, unique('Point'));
    expect(classNamed(unique('Point'))).toBe(Point);
    expect(classNamed('Point')).toBe(undefined);
  });

  it('takes abstract classes, classes with any constructor, and functions that make instances', () => {
    abstract class Shape {
      readonly sides: number;
      constructor(sides: number) {
        this.sides = sides;
      }
    }
    function Old(this: object) {}
    registerClass(Shape, unique('Shape'));
    registerClass(Old as unknown as new () => object, unique('Old'));
    expect(classNamed(unique('Old'))).toBe(Old);
  });

  it('does nothing when the same pair is registered again', () => {
    class Twice {}
    registerClass(Twice, unique('Twice'));
    registerClass(Twice, unique('Twice'));
    expect(classNamed(unique('Twice'))).toBe(Twice);
  });

  it('refuses a name that is taken, and a second name', () => {
    class First {}
    class Second {}
    registerClass(First, unique('First'));
    expect(() => registerClass(Second, unique('First'))).toThrow(
      new TypeError("registerClass: the name 'register-class.test/First' already belongs to another class"),
    );
    expect(() => registerClass(First, unique('Other'))).toThrow(
      new TypeError("registerClass: this class is already registered as 'register-class.test/First'"),
    );
  });

  it('refuses a class without a name, unless it is given one', () => {
    expect(() => registerClass(class {})).toThrow(
      new TypeError(
        "registerClass: a class needs a name to be known by, got ''. Pass one: registerClass(Class, 'Name')",
      ),
    );
    expect(() => registerClass(class Named {}, 7 as never)).toThrow(TypeError);
    registerClass(class {}, unique('anonymous'));
  });

  it('refuses what is not a class of the program', () => {
    for (const [value, text] of [
      [Map, '[Function: Map]'],
      [TypeError, '[Function: TypeError]'],
      [() => {}, '[Function (anonymous)]'],
      ['Point', "'Point'"],
      [null, 'null'],
      [class Bound {}.bind(null), '[Function: bound Bound]'],
      [new Proxy(class Hidden {}, {}), '[Proxy]'],
    ] as const) {
      expect(() => registerClass(value as never)).toThrow(
        new TypeError(`registerClass: expected a class of your own, got ${text}`),
      );
    }
  });

  it('knows both sides of a Result from the start', () => {
    expect(nameOfPrototype(Object.getPrototypeOf(Ok(1)) as object)).toBe('heddle.Ok');
    expect(nameOfPrototype(Object.getPrototypeOf(Err(1)) as object)).toBe('heddle.Err');
  });
});
