import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Err, Ok, type Result } from '../../src/base/result.js';

describe('Ok', () => {
  it('is a literal to whoever looks: two own properties in a fixed order', () => {
    expect(Ok(1)).toEqual({ ok: true, value: 1 });
    expect(Object.keys(Ok(1))).toEqual(['ok', 'value']);
    expect(JSON.stringify(Ok(1))).toBe('{"ok":true,"value":1}');
    expect({ ...Ok(1) }).toEqual({ ok: true, value: 1 });
  });

  it('gives its value whichever way it is asked', () => {
    expect(Ok(1).unwrap()).toBe(1);
    expect(Ok(1).unwrapOr(2)).toBe(1);
    expect(Ok(1).expect('a number')).toBe(1);
    expect(Ok(1).match({ ok: (value) => `got ${value}`, err: () => 'failed' })).toBe('got 1');
  });

  it('maps its value and leaves an error that is not there alone', () => {
    expect(Ok(1).map((value) => value + 1)).toEqual(Ok(2));
    expect(Ok(1).mapErr(() => expect.unreachable())).toEqual(Ok(1));
  });

  it('prints and answers instanceof under its own name', () => {
    expect(inspect(Ok(1))).toBe('Ok { ok: true, value: 1 }');
    expect(Ok(1)).toBeInstanceOf(Ok);
    expect(Ok(1)).not.toBeInstanceOf(Err);
  });
});

describe('Err', () => {
  it('is a literal to whoever looks: two own properties in a fixed order', () => {
    expect(Err('late')).toEqual({ ok: false, error: 'late' });
    expect(Object.keys(Err('late'))).toEqual(['ok', 'error']);
    expect(JSON.stringify(Err('late'))).toBe('{"ok":false,"error":"late"}');
  });

  it('throws its very error when that is one', () => {
    const error = new RangeError('late');
    expect(catching(() => Err(error).unwrap())).toBe(error);
  });

  it('throws an Error that quotes anything else and has it as its cause', () => {
    const thrown = catching(() => Err({ code: 7 }).unwrap());
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).toMatchObject({ message: 'called unwrap() on an Err: { code: 7 }', cause: { code: 7 } });
  });

  it('says what was expected, then what the error was', () => {
    const error = new RangeError('late');
    expect(catching(() => Err(error).expect('the page'))).toMatchObject({
      message: 'the page: late',
      cause: error,
    });
    expect(catching(() => Err(404).expect('the page'))).toMatchObject({
      message: 'the page: 404',
      cause: 404,
    });
  });

  it('says something even of an error that answers nothing', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(catching(() => Err(revoked.proxy).expect('the page'))).toMatchObject({
      message: 'the page: [Proxy]',
    });
    expect(catching(() => Err(revoked.proxy).unwrap())).toMatchObject({
      message: 'called unwrap() on an Err: [Proxy]',
    });
  });

  it('gives the fallback, and the other side of a match', () => {
    expect(Err('late').unwrapOr(2)).toBe(2);
    expect(Err('late').match({ ok: () => 'fine', err: (error) => `failed: ${error}` })).toBe('failed: late');
  });

  it('maps its error and leaves a value that is not there alone', () => {
    expect(Err('late').mapErr((error) => error.length)).toEqual(Err(4));
    expect(Err('late').map(() => expect.unreachable())).toEqual(Err('late'));
  });

  it('prints and answers instanceof under its own name', () => {
    expect(inspect(Err('late'))).toBe("Err { ok: false, error: 'late' }");
    expect(Err('late')).toBeInstanceOf(Err);
  });
});

describe('the type of a Result', () => {
  const parse = (text: string): Result<number, RangeError> =>
    text === '' ? Err(new RangeError('empty')) : Ok(Number(text));

  it('narrows to a value or an error by ok', () => {
    const result = parse('1');
    if (result.ok) {
      expectTypeOf(result.value).toEqualTypeOf<number>();
      expectTypeOf(result).not.toHaveProperty('error');
    } else {
      expectTypeOf(result.error).toEqualTypeOf<RangeError>();
      expectTypeOf(result).not.toHaveProperty('value');
    }
    expect(result.ok).toBe(true);
  });

  it('has the methods of both sides without narrowing', () => {
    const result = parse('1');
    expectTypeOf(result.unwrap()).toEqualTypeOf<number>();
    expectTypeOf(result.unwrapOr('none')).toEqualTypeOf<number | string>();
    expectTypeOf(result.map(String)).toEqualTypeOf<Result<string, RangeError>>();
    expectTypeOf(result.mapErr((error) => error.message)).toEqualTypeOf<Result<number, string>>();
    expectTypeOf(result.match({ ok: () => 1, err: () => 'x' })).toEqualTypeOf<number | string>();
    expect(result.map(String)).toEqual(Ok('1'));
  });

  it('takes either side alone, and a wider value or error', () => {
    expectTypeOf(Ok(1)).toExtend<Result<number, RangeError>>();
    expectTypeOf(Err(new RangeError())).toExtend<Result<number, RangeError>>();
    expectTypeOf<Result<1, RangeError>>().toExtend<Result<number, Error>>();
    expectTypeOf<Result<number, unknown>>().not.toExtend<Result<number, Error>>();
    expectTypeOf<Result<number, Error>>().not.toExtend<Result<string, Error>>();
  });
});

function catching(body: () => unknown): unknown {
  try {
    body();
  } catch (thrown) {
    return thrown;
  }
  return expect.unreachable('nothing was thrown');
}
