import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTrace, pictureOf } from '@heddle/runtime/trace';
import { describe, expect, it } from 'vitest';
import { rowsTable } from '../../../src/lab/page/parts/rows-table.js';
import { totalsOf } from '../../../src/lab/page/totals.js';
import { fixture } from './fixture.js';

const MS = 1e6;
const folder = fileURLToPath(new URL('../../../recordings/', import.meta.url));
const recordings = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));

describe('the numbers of a run', () => {
  const { run, picture } = fixture().runs[0]!;
  const early = {
    ...picture,
    tasks: picture.tasks.slice(1, 2).map((lane) => ({
      ...lane,
      fromNs: -500 * MS,
      slices: [
        { fromNs: -500 * MS, toNs: lane.slices[0]!.toNs, state: 'ready' as const },
        ...lane.slices.slice(1),
      ],
    })),
  };

  it('count a task that was spawned before the barrier from the barrier', () => {
    const { responseNs, turnaroundNs, taskWaitNs, lengthNs } = totalsOf({ run, picture: early });
    expect([responseNs, turnaroundNs, lengthNs]).toEqual([40 * MS, 62 * MS, 64 * MS]);
    expect(taskWaitNs).toBe((40 + 6 * 2 + 1) * MS);
  });

  it('are told in words from the barrier too', () => {
    const words = rowsTable([{ run, picture: early }]).markup;
    expect(words).toContain('ready and not polled for 53.0 ms');
    expect(words).not.toContain('−');
  });

  it.each(recordings)('give no task of %s a turnaround longer than its run', (file) => {
    for (const one of parseTrace(readFileSync(join(folder, file), 'utf8')).runs) {
      const { lengthNs, turnaroundNs, responseNs, longestPollNs } = totalsOf({
        run: one,
        picture: pictureOf(one),
      });
      expect(Math.max(turnaroundNs ?? 0, responseNs ?? 0, longestPollNs ?? 0)).toBeLessThanOrEqual(lengthNs);
    }
  });
});
