import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { callSite } from '../../../src/wire/inline/call-site.js';
import { sourcePlace } from '../../../src/wire/inline/source-place.js';

const folder = mkdtempSync(join(tmpdir(), 'heddle-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'm.js');
  writeFileSync(path, text);
  return pathToFileURL(path).href;
}

describe('where a source begins', () => {
  const source = '(a) => a';

  test('is found on the line of the call', () => {
    const site = { file: file(`const f = ${source};\n\nspawn(${source});\n`), line: 3, column: 1 };
    expect(sourcePlace(source, site)).toEqual({ line: 3, column: 7 });
  });

  test('is found below the call', () => {
    const site = { file: file(`spawn(\n  ${source},\n);\n`), line: 1, column: 1 };
    expect(sourcePlace(source, site)).toEqual({ line: 2, column: 3 });
  });

  test('is found above the call, for a function that was declared before', () => {
    const site = { file: file(`const f = ${source};\nspawn(f);\n`), line: 2, column: 1 };
    expect(sourcePlace(source, site)).toEqual({ line: 1, column: 11 });
  });

  test('is the call itself where a tool changed the text, or the file cannot be read', () => {
    const changed = { file: file('spawn((a: number) => a);\n'), line: 1, column: 7 };
    expect(sourcePlace(source, changed)).toEqual({ line: 1, column: 7 });
    expect(sourcePlace(source, { file: 'file:///nowhere.js', line: 4, column: 5 })).toEqual({
      line: 4,
      column: 5,
    });
    expect(sourcePlace(source, { file: undefined, line: 1, column: 1 })).toEqual({ line: 1, column: 1 });
  });
});

describe('the call site', () => {
  test('is the file that calls', () => {
    expect(callSite().file).toBe(import.meta.url);
  });

  test('leaves a replaced Error.prepareStackTrace and the limit as they were', () => {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const replaced = () => 'replaced';
    Error.prepareStackTrace = replaced;
    Error.stackTraceLimit = 1;
    try {
      expect(callSite().file).toBe(import.meta.url);
      expect(Error.prepareStackTrace).toBe(replaced);
      expect(Error.stackTraceLimit).toBe(1);
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
      Error.stackTraceLimit = stackTraceLimit;
    }
  });

  test('is found behind an await', async () => {
    expect((await Promise.resolve().then(callSite)).file).toBe(import.meta.url);
  });
});
