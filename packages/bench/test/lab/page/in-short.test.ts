import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTrace, pictureOf } from '@heddle/runtime/trace';
import { expect, it } from 'vitest';
import { pageOf } from '../../../src/lab/page/page.js';
import { pageInput } from '../../../src/lab/page-input-of.js';
import { programNamed } from '../../../src/lab/programs/list.js';
import { terminalText } from '../../../src/lab/terminal-text.js';

it.each(['hog', 'four-jobs', 'stacked', 'blocked', 'lock-convoy'])(
  'the page of %s says above its lanes who decided, as the terminal does',
  (name) => {
    const file = fileURLToPath(new URL(`../../../recordings/${name}.jsonl`, import.meta.url));
    const trace = parseTrace(readFileSync(file, 'utf8'));
    const pictures = trace.runs.map(pictureOf);
    const program = programNamed(name);
    const input = pageInput(trace, pictures, program);
    expect(input.inShort).toBeTruthy();
    const page = pageOf(input);
    expect(page.indexOf('id="in-short"')).toBeGreaterThan(0);
    expect(page.indexOf('id="in-short"')).toBeLessThan(page.indexOf('id="toolbar"'));
    const printed = terminalText(trace, pictures, program, { width: 80, colour: false });
    expect(printed.replaceAll(/\s+/g, ' ')).toContain(input.inShort);
  },
);
