import { tasksFrom } from '@heddle/runtime';
import { durationText, listText } from '../../explain/number-text.js';
import { decisionsOf } from '../facts/decisions.js';
import { tasksStarting } from '../facts/find-lanes.js';
import { timesText } from '../facts/preemptions.js';
import { firstPreemption, longestWait, present } from '../facts/sights.js';
import type { Question } from '../page/lesson.js';
import type { Program, Run } from '../program.js';

const cpu = tasksFrom<typeof import('../bodies/compute.js')>(
  new URL('../bodies/compute.js', import.meta.url),
);

const JOB_MS = 80;

export const program: Program = {
  name: 'four-jobs',
  title: 'Four equal jobs',
  about: `Four jobs compute for ${JOB_MS} ms each, without a pause. The pool has as many threads as there are CPUs.`,
  under: ['tasks', 'threads', 'pool'],

  jobs: ['job 1', 'job 2', 'job 3', 'job 4'],

  start: ({ spawn, gate, steps }) => ({
    jobs: [1, 2, 3, 4].map((n) => spawn(`job ${n}`)(cpu.compute, gate, steps(JOB_MS))),
  }),

  lesson: ({ tasks, threads, pool }) => {
    const runs = present([tasks, threads, pool]);
    return {
      questions: present([runs.length < 2 ? undefined : whoseFirst(runs), threads && howOften(threads)]),
      lookFor: present([
        tasks && longestWait(tasks, 'job 4'),
        threads &&
          firstPreemption(
            threads,
            'job 1',
            'The kernel gives the CPU to another job: all four advance at once, and none is done early.',
          ),
        pool && longestWait(pool, 'job 4'),
      ]),
      inShort: turnaroundSentence(runs),
      why: present([...runs.map(endsSentence), turnaroundSentence(runs)]),
      tryThis: {
        command: 'pnpm lab four-jobs --cpus 1',
        toSee:
          'that threads end no sooner than tasks when there is one CPU, and the first of them much later',
      },
    };
  },
};

/** When the jobs of a run ended, in order. */
function endsOf({ picture }: Run): number[] {
  return tasksStarting(picture, 'job ')
    .filter(({ end }) => end !== undefined)
    .map(({ toNs }) => toNs)
    .sort((a, b) => a - b);
}

function endsSentence(run: Run): string | undefined {
  const ends = endsOf(run);
  if (ends.length === 0) return undefined;
  const { preemptions } = decisionsOf(run.picture);
  const kernel = preemptions === undefined ? '' : ` The kernel interrupted ${timesText(preemptions)}.`;
  return `Under ${run.label}, the jobs ended after ${listText(ends.map((ns) => durationText(ns)))}.${kernel}`;
}

/** Says who had the shortest turnaround on average, and who was done first: often not the same. */
export function turnaroundSentence(runs: readonly Run[]): string | undefined {
  const means = runs
    .map((run) => ({ label: run.label, ends: endsOf(run) }))
    .filter(({ ends }) => ends.length > 0)
    .map(({ label, ends }) => ({
      label,
      mean: ends.reduce((sum, end) => sum + end, 0) / ends.length,
      last: ends.at(-1)!,
    }));
  const [best, ...others] = [...means].sort((a, b) => a.mean - b.mean);
  const [soonest] = [...means].sort((a, b) => a.last - b.last);
  if (best === undefined || soonest === undefined || others.length === 0) return undefined;
  const all = listText(means.map(({ label, mean }) => `${durationText(mean)} under ${label}`));
  return `A job took ${all} on average, from the barrier to its end; all were done first under ${soonest.label}, after ${durationText(soonest.last)}.`;
}

function whoseFirst(runs: readonly Run[]): Question | undefined {
  const firsts = runs.map((run) => endsOf(run)[0]);
  if (firsts.some((first) => first === undefined)) return undefined;
  const soonest = Math.min(...firsts.map((first) => first!));
  return {
    kind: 'choice',
    asks: 'Under which of them is some job done first?',
    choices: runs.map(({ label }) => label),
    right: firsts.indexOf(soonest),
    because: `The first job ended after ${listText(runs.map(({ label }, place) => `${durationText(firsts[place]!)} under ${label}`))}.`,
  };
}

function howOften({ picture }: Run): Question | undefined {
  const { preemptions } = decisionsOf(picture);
  if (preemptions === undefined) return undefined;
  return {
    kind: 'number',
    asks: 'How often does the kernel take the CPU from one of the four threads?',
    unit: 'times',
    from: Math.floor(preemptions / 2),
    to: preemptions * 2,
    because: `It was ${timesText(preemptions)}. Half or twice as many counts as right.`,
  };
}
