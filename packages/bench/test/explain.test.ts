import { describe, expect, it } from 'vitest';
import { explain, type Vocabulary } from '../src/explain/explain.js';
import { cpusBusy, perOperation } from '../src/explain/reason.js';
import type { Cell, Measured } from '../src/measure/cell.js';
import type { Counters } from '../src/measure/counters.js';
import { workloads } from '../src/workloads/list.js';

const words: Vocabulary = {
  best: 'was fastest',
  worse: ['took', 'times as long'],
  reasons: [
    perOperation('voluntary', 'voluntary context switches', 'round trip'),
    perOperation('polls', 'polls', 'round trip'),
  ],
};

/** Three rounds of 100 operations around `ns`. */
function cell(contender: string, ns: number, counters: Counters = {}): Measured {
  const samples = [ns * 0.99, ns, ns * 1.01];
  return { kind: 'measured', contender, size: 'some', samples, operations: 300, counters };
}

describe('the sentence', () => {
  it('says who won, by what factor, and which counter shows why', () => {
    const sentence = explain(words, [
      cell('tasks', 100, { voluntary: 0, polls: 600 }),
      cell('threads', 4_000, { voluntary: 930 }),
    ]);
    expect(sentence).toBe(
      'tasks was fastest; threads took 40 times as long: threads needed 3.1 voluntary context switches per round trip where tasks needed 0.',
    );
  });

  it('turns round when the numbers do', () => {
    const sentence = explain(words, [
      cell('tasks', 4_000, { voluntary: 930 }),
      cell('threads', 100, { voluntary: 0, polls: 600 }),
    ]);
    expect(sentence).toBe(
      'threads was fastest; tasks took 40 times as long: tasks needed 3.1 voluntary context switches per round trip where threads needed 0.',
    );
  });

  it('does not give a counter as the reason when it points the other way', () => {
    const sentence = explain(words, [
      cell('tasks', 100, { voluntary: 930 }),
      cell('threads', 4_000, { voluntary: 0 }),
    ]);
    expect(sentence).toBe(
      'tasks was fastest; threads took 40 times as long: the counters do not tell why, since threads needed 0 voluntary context switches per round trip where tasks needed 3.1.',
    );
  });

  it('goes on to the next counter when the first one is the same for both', () => {
    const sentence = explain(words, [
      cell('lean', 100, { voluntary: 0, polls: 300 }),
      cell('busy', 200, { voluntary: 1, polls: 900 }),
    ]);
    expect(sentence).toContain('busy needed 3 polls per round trip where lean needed 1.');
  });

  it('says what follows when both did the same', () => {
    const reasons = [
      { ...perOperation('polls', 'polls', 'yield'), same: 'the difference is the price of one' },
    ];
    const sentence = explain({ ...words, reasons }, [
      cell('lean', 100, { polls: 300 }),
      cell('heavy', 200, { polls: 303 }),
    ]);
    expect(sentence).toContain(
      'heavy and lean both needed 1.01 polls per yield, so the difference is the price of one.',
    );
  });

  it('speaks of the faster one where more is better', () => {
    const sentence = explain({ ...words, reasons: [cpusBusy] }, [
      cell('one', 200, { cpuMs: 100, elapsedMs: 100 }),
      cell('two', 100, { cpuMs: 190, elapsedMs: 100 }),
    ]);
    expect(sentence).toBe(
      'two was fastest; one took 2.0 times as long: two kept 1.9 CPUs busy where one kept 1.',
    );
  });

  it('claims nothing where the spreads overlap', () => {
    const sentence = explain(words, [
      cell('tasks', 100, { voluntary: 0 }),
      cell('threads', 100.5, { voluntary: 930 }),
    ]);
    expect(sentence).toBe(
      'There was no difference we could measure between tasks and threads: their spreads overlap.',
    );
  });

  it('says so too when only some overlap with the fastest', () => {
    const sentence = explain(words, [
      cell('one', 100, { voluntary: 0 }),
      cell('two', 100.5, { voluntary: 0 }),
      cell('three', 300, { voluntary: 600 }),
    ]);
    expect(sentence).toMatch(
      /^one was fastest, with no difference we could measure to two; three took 3\.0 times as long: /,
    );
  });

  it('compares nothing that was measured once or twice', () => {
    const once = { ...cell('threads', 4_000), samples: [4_000, 4_001] };
    expect(explain(words, [cell('tasks', 100), once])).toBe(
      'Too few rounds were run to compare tasks and threads.',
    );
  });

  it('admits that no counter was read', () => {
    expect(explain(words, [cell('a', 100), cell('b', 200)])).toBe(
      'a was fastest; b took 2.0 times as long: no counter of this run tells why.',
    );
  });

  it('uses a counter only where both have it', () => {
    const sentence = explain(words, [
      cell('a', 100, { voluntary: 0, polls: 300 }),
      cell('b', 200, { polls: 900 }),
    ]);
    expect(sentence).toContain('b needed 3 polls per round trip where a needed 1.');
  });

  it('leaves out cells without a number', () => {
    const cells: Cell[] = [
      { kind: 'not applicable', contender: 'threads', reason: 'cannot' },
      { kind: 'failed', contender: 'liar', error: 'wrong answer' },
      { kind: 'unmeasured', contender: 'late' },
    ];
    expect(explain(words, cells)).toBe('Nothing was measured.');
    expect(explain(words, [...cells, cell('tasks', 100, { polls: 600 })])).toBe(
      'Only tasks was measured: it needed 2 polls per round trip.',
    );
  });
});

describe('every workload', () => {
  const fast = { voluntary: 0, involuntary: 2_000, polls: 300, messages: 0, cpuMs: 190, elapsedMs: 100 };
  const slow = { voluntary: 900, involuntary: 5, polls: 900, messages: 600, cpuMs: 100, elapsedMs: 100 };

  it.each(workloads)(
    '$name explains its result, and the opposite result with the opposite',
    ({ vocabulary }) => {
      const sentence = explain(vocabulary, [cell('a', 100, fast), cell('b', 900, slow)]);
      const reversed = explain(vocabulary, [cell('a', 900, slow), cell('b', 100, fast)]);
      expect(sentence).toMatch(/^a .* b /);
      expect(sentence).not.toContain('do not tell why');
      expect(reversed).toBe(sentence.replace(/\b[ab]\b/g, (name) => (name === 'a' ? 'b' : 'a')));
    },
  );

  it('says where the two threads of a ping-pong were', () => {
    const { vocabulary } = workloads.find(({ name }) => name === 'ping-pong')!;
    const sentence = explain(vocabulary, [cell('a', 100), cell('b', 900, { sameCpu: 3, differentCpus: 29 })]);
    expect(sentence).toContain('; the two threads of b were on different CPUs in 29 of 32 looks.');
  });
});
