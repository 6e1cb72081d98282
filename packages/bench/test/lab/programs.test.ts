import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Picture, parseTrace, pictureOf } from '@heddle/runtime/trace';
import { describe, expect, it } from 'vitest';
import { taskNamed } from '../../src/lab/facts/find-lanes.js';
import { UNDER } from '../../src/lab/program.js';
import { newFolder, runLab } from './run-lab.js';

/** The jobs of each program. */
const jobs = {
  hog: ['ticker', 'hog', 'polite 1', 'polite 2'],
  'four-jobs': ['job 1', 'job 2', 'job 3', 'job 4'],
  stacked: ['job 1', 'job 2', 'job 3'],
  blocked: ['ticker', 'blocker', 'polite'],
  'ping-pong': ['ping', 'pong'],
  'lock-convoy': ['job 1', 'job 2', 'job 3'],
};

describe.each(Object.entries(jobs))('%s', (program, names) => {
  it('runs under every spawner, all its jobs from one barrier to their values', async () => {
    const folder = newFolder();
    const { code, stderr } = await runLab(program, '--under', 'tasks,threads,pool', '--out', folder);
    expect(stderr).not.toContain('lab: ');
    expect(code).toBe(0);
    const trace = parseTrace(readFileSync(join(folder, 'events.jsonl'), 'utf8'));
    expect([trace.program, trace.runs.map(({ label }) => label)]).toEqual([program, UNDER]);
    for (const run of trace.runs) {
      expect(run.lost, run.label).toEqual({ events: 0, threads: 0, kernel: 0 });
      const picture = pictureOf(run);
      expect(picture.marks, run.label).toContainEqual({ atNs: 0, name: 'barrier' });
      for (const name of names) {
        const lane = taskNamed(picture, name);
        expect(lane, `${name} under ${run.label}`).toMatchObject({ end: 'value' });
        expect(pollsOf(picture, name), `${name} under ${run.label}`).not.toEqual([]);
      }
      const threads = new Set(names.map((name) => taskNamed(picture, name)!.thread));
      if (run.label === 'tasks') expect(threads).toEqual(new Set([0]));
      if (run.label === 'threads') expect(threads.size).toBe(names.length);
      if (run.label === 'pool') expect(threads.size).toBeLessThanOrEqual(Math.max(run.cpus, 2));
      expect(threads.has(0), run.label).toBe(run.label === 'tasks');
    }
    const [tasks] = trace.runs;
    if (program === 'hog') {
      const picture = pictureOf(tasks!);
      const [hog] = pollsOf(picture, 'hog').sort((a, b) => b.toNs - b.fromNs - (a.toNs - a.fromNs));
      const meanwhile = pollsOf(picture, 'ticker').filter(
        ({ fromNs, toNs }) => toNs > hog!.fromNs && fromNs < hog!.toNs,
      );
      expect(meanwhile, 'nobody else is polled while the hog is').toEqual([]);
    }
  }, 180_000);
});

function pollsOf(picture: Picture, name: string) {
  const lane = taskNamed(picture, name);
  return (lane?.slices ?? []).filter(({ state, toNs }) => state === 'polled' && toNs > 0);
}
