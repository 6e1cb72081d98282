import { describe, expect, test, vi } from 'vitest';
import { prepareJob } from '../../../src/wire/prepare-job.js';
import { farSide } from './far-side.js';
import { literal } from './literal.js';
import { double } from './modules/neighbour.js';

vi.mock('./modules/neighbour.js', () => ({ double: (n: number) => n * 20 }));

const run = farSide();

describe('what tools write into functions', () => {
  test("esbuild's names of functions are kept", async () => {
    const source =
      '(n) => { const half = /* @__PURE__ */ __name((x) => x / 2, "half"); return [half.name, half(n)]; }';
    expect(await run(literal(source), 4)).toEqual(['half', 2]);
  });

  test("istanbul's counters count nothing", async () => {
    const source = `(a,b=(cov_139znjp2er().b[0][0]++,1))=>{cov_139znjp2er().f[0]++;cov_139znjp2er().s[1]++;if((cov_139znjp2er().b[2][0]++,a)&&(cov_139znjp2er().b[2][1]++,b)){cov_139znjp2er().b[1][0]++;cov_139znjp2er().s[2]++;return a?(cov_139znjp2er().b[3][0]++,1):(cov_139znjp2er().b[3][1]++,2);}else{cov_139znjp2er().b[1][1]++;}}`;
    expect(await run(literal(source), 1)).toBe(1);
  });

  test("old istanbul's counters count nothing", async () => {
    expect(await run(literal('(a) => { cov_1abc.s[0]++; cov_1abc.f[2]++; return a; }'), 1)).toBe(1);
  });

  test('a variable that only looks like a counter is refused by name', () => {
    expect(() => prepareJob('thread.spawn', literal('() => cov_matrix[0]'), [])).toThrow(
      'uses "cov_matrix" from its',
    );
    expect(() => prepareJob('thread.spawn', literal('() => cov_a().total'), [])).toThrow(
      'uses "cov_a" from its',
    );
    expect(() => prepareJob('thread.spawn', literal('() => __name'), [])).toThrow('uses "__name" from its');
  });

  test("vitest's mocked imports are named as the file names them", () => {
    expect(() => prepareJob('thread.spawn', () => double(1), [])).toThrow(
      `uses "double", which its file imports and which does not exist on another thread. Import it inside the function — const { double } = await import('./modules/neighbour.js') —`,
    );
  });

  test("vitest's dynamic imports reach the real module, since a thread knows no mocks", async () => {
    expect(await run(async () => (await import('./modules/neighbour.js')).double(1))).toBe(2);
  });

  test('imports that were compiled to CommonJS are named as the file names them', () => {
    expect(() => prepareJob('thread.spawn', literal('() => (0, neighbour_js_1.double)(1)'), [])).toThrow(
      'uses "double", which its file imports',
    );
    expect(() => prepareJob('thread.spawn', literal('() => import_neighbour.double(1)'), [])).toThrow(
      'uses "double", which its file imports',
    );
  });
});
