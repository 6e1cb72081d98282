import { type CountedEvent, type KernelSide, recordKernel } from '@heddle/runtime/trace';
import { describe, expect, test, vi } from 'vitest';
import { run } from './child.js';
import { asNobody, noLinux, noNobody, noTrace } from './why-skipped.js';

// Each starts three processes or more, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

/** What modules/itself.mjs says of itself. */
interface Itself {
  readonly tid: number;
  readonly uid: number;
}

const skipped = (why: string | false) => (why === false ? '' : ` (skipped: ${why})`);

describe.skipIf(noLinux)(`level counted${skipped(noLinux)}`, () => {
  test('counts the time of each thread, up and never down', async () => {
    const seen = JSON.parse(await run('itself.mjs', ['counted']).line()) as KernelSide & Itself;
    expect(seen).toMatchObject({
      level: 'counted',
      levelBecause: 'no more than level counted was asked for',
    });
    expect(seen).toMatchObject({ lost: 0, malformed: 0 });
    const counts = countedOf(seen);
    expect(counts.map(({ t }) => t)).toEqual(counts.map(({ t }) => t).sort((one, other) => one - other));
    for (const tid of new Set(counts.map((count) => count.tid))) {
      const own = counts.filter((count) => count.tid === tid);
      for (const [at, count] of own.entries()) {
        const before = own[at - 1] ?? count;
        for (const total of TOTALS) expect(count[total]).toBeGreaterThanOrEqual(before[total]);
      }
    }
  });

  test('has all that a thread used until the end of the recording', async () => {
    const seen = JSON.parse(await run('itself.mjs', ['counted']).line()) as KernelSide & Itself;
    const own = countedOf(seen).filter(({ tid }) => tid === seen.tid);
    // By the counter that the thread itself has looked at.
    expect(own.at(-1)?.runNs).toBeGreaterThanOrEqual(30e6);
    expect(own.at(-1)?.slices).toBeGreaterThan(0);
    expect(seen.threadNames).toHaveProperty(String(seen.tid));
  });

  test.skipIf(noNobody)(
    `is what a user without rights gets, with the reason and the way to more${skipped(noNobody)}`,
    async () => {
      const child = run('itself.mjs', ['exact'], ['setpriv', ...asNobody()]);
      const seen = JSON.parse(await child.line()) as KernelSide & Itself;
      expect(seen).toMatchObject({ uid: 65534, level: 'counted' });
      expect(seen.levelBecause).toMatch(noTrace === false ? ONLY_ROOT : /To allow .+: sudo /);
      expect(countedOf(seen).some(({ tid }) => tid === seen.tid)).toBe(true);
      expect(seen.events.every(({ k }) => k === 'count')).toBe(true);
    },
  );
});

describe.skipIf(noLinux)(`a process that cannot be watched${skipped(noLinux)}`, () => {
  test.each(['exact', 'counted'] as const)(
    'at level %s is level process: there is none of that number',
    async (level) => {
      // The largest that Linux can be told to give is 2 ** 22.
      const recording = await recordKernel({ pid: 2 ** 30, level });
      expect(recording.level).toBe('process');
      expect(recording.levelBecause).toMatch(/there is no process 1073741824$/);
      expect(await recording.stop()).toMatchObject({ level: 'process', events: [], threadNames: {} });
    },
  );

  test('is one that is over before it can be looked at', async () => {
    const child = run('none.mjs');
    await child.ended;
    const recording = await recordKernel({ pid: child.pid });
    const { events, levelBecause } = await recording.stop();
    expect(levelBecause).toMatch(/there is no process/);
    expect(events).toEqual([]);
  });

  test('gives an answer also when it ends at once', async () => {
    const child = run('none.mjs');
    child.process.kill('SIGKILL');
    const recording = await recordKernel({ pid: child.pid });
    await child.ended;
    const side = await recording.stop();
    expect(side.level).toBe(recording.level);
  });
});

describe('level process', () => {
  test('watches nothing, and says who wanted that', async () => {
    const recording = await recordKernel({ level: 'process' });
    const { level, levelBecause, events } = await recording.stop();
    expect({ level, events }).toEqual({ level: 'process', events: [] });
    expect(levelBecause).toMatch(/asked for|need Linux/);
  });

  test('stops once, and gives the same again', async () => {
    const recording = await recordKernel({ level: 'process' });
    const [first, second] = await Promise.all([recording.stop(), recording.stop()]);
    expect(second).toEqual(first);
  });
});

describe('a recording', () => {
  test('that nobody stops keeps no program alive', async () => {
    const child = run('unstopped.mjs');
    expect(await child.line()).toMatch(/exact|counted|process/);
    expect((await child.ended) as unknown[]).toEqual([0, null]);
  });

  test.each([{ pid: 0 }, { pid: 1.5 }, { everyMs: 0 }, { bufferKb: 3 }])(
    'of %j is refused at the call',
    (options) => {
      expect(() => recordKernel(options)).toThrow(RangeError);
    },
  );
});

const TOTALS = ['runNs', 'waitNs', 'slices', 'voluntary', 'involuntary'] as const;
const ONLY_ROOT =
  /^only root may use (\S+)\. To allow this user level exact, until the next boot: sudo chmod o\+x \1 && sudo chown "\$USER" \1\/instances$/;

function countedOf({ events }: KernelSide): CountedEvent[] {
  return events.filter((event): event is CountedEvent => event.k === 'count');
}
