import { readdirSync, readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTrace, perfettoText, pictureOf, type Trace, traceText } from '@heddle/runtime/trace';
import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../../runtime/test/trace/perfetto/importer-rules.js';
import { programNamed } from '../../src/lab/programs/list.js';
import { terminalText } from '../../src/lab/terminal-text.js';
import { newFolder, runLab } from './run-lab.js';

const folder = fileURLToPath(new URL('../../recordings/', import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.replace('.jsonl', ''));

it('are there for four programs at least', () => {
  expect(names.filter((name) => programNamed(name) !== undefined).length).toBeGreaterThanOrEqual(4);
});

describe.each(names)('the recording of %s', (name) => {
  const text = readFileSync(join(folder, `${name}.jsonl`), 'utf8');
  const trace: Trace = parseTrace(text);
  const pictures = trace.runs.map(pictureOf);

  it('is small, exact and whole', () => {
    expect(text.length).toBeLessThan(300_000);
    expect(trace.program).toBe(name);
    for (const { level, lost } of trace.runs) {
      expect(level).toBe('exact');
      expect(lost).toEqual({ events: 0, threads: 0, kernel: 0 });
    }
    expect(parseTrace(traceText(trace))).toEqual(trace);
  });

  it('names no person, no machine, no day and no place on a disk', () => {
    expect(text).not.toMatch(/"[^"]*(\/(home|root|tmp|usr|work|Users)\/|\b20\d\d-\d\d-\d\d\b)/);
    expect(text).not.toContain(`"${hostname()}"`);
    expect(text).not.toContain(`"${userInfo().username}"`);
  });

  it('looks like this on a terminal', async () => {
    const shown = terminalText(trace, pictures, programNamed(name), { width: 80, colour: false });
    await expect(shown).toMatchFileSnapshot(join(folder, `${name}.txt`));
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('keeps to the rules of Perfetto', () => {
    expect(brokenRules(perfettoText(pictures))).toEqual([]);
    expect(brokenRules(perfettoText(pictures, { compat: true }))).toEqual([]);
  });

  it('is shown by --from, which writes a page and a trace and no second recording', async () => {
    const out = newFolder();
    const { code, stdout, stderr } = await runLab('--from', join(folder, `${name}.jsonl`), '--out', out);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toContain(readFileSync(join(folder, `${name}.txt`), 'utf8').split('\n')[0]);
    expect(readdirSync(out).sort()).toEqual(['page.html', 'perfetto.json']);
    const page = readFileSync(join(out, 'page.html'), 'utf8');
    expect(page).toContain(`<title>${programNamed(name)?.title}</title>`);
    expect(page.length).toBeLessThan(1_500_000);
  }, 60_000);
});

it('shows the hog on one screen: 40 lines at most', () => {
  const lines = readFileSync(join(folder, 'hog.txt'), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
});
