import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debugQuote, printable } from '../../src/base/printable.js';

describe('debugQuote', () => {
  it("quotes as Rust's {:?} does", () => {
    expect(debugQuote('boom')).toBe('"boom"');
    expect(debugQuote('a "b" \\ \'c\'')).toBe('"a \\"b\\" \\\\ \'c\'"');
    expect(debugQuote('a\nb\r\tc\0')).toBe('"a\\nb\\r\\tc\\0"');
    expect(debugQuote('\u001b[31mred\u007f')).toBe('"\\u{1b}[31mred\\u{7f}"');
    expect(debugQuote('née 語 🧵')).toBe('"née 語 🧵"');
  });

  it('leaves nothing that a terminal would act on, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(debugQuote(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('printable', () => {
  it('escapes what moves a cursor, hides text or turns it around', () => {
    expect(printable('a\u001b[2Jb')).toBe('a\\u{1b}[2Jb');
    expect(printable('\u202egnp.exe')).toBe('\\u{202e}gnp.exe');
    expect(printable('line\u2028line')).toBe('line\\u{2028}line');
    expect(printable('\ud800')).toBe('\\u{d800}');
  });

  it('keeps line ends in a block and escapes them in a line', () => {
    expect(printable('a\n    at b')).toBe('a\\n    at b');
    expect(printable('a\n    at b', true)).toBe('a\n    at b');
  });
});
