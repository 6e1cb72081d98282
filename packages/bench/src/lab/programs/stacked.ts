import { tasksFrom } from '@heddle/runtime';
import { durationText } from '../../explain/number-text.js';
import { sinceStart, sumOf, tasksStarting } from '../facts/find-lanes.js';
import { longestHole, longestWait, present } from '../facts/sights.js';
import type { Question } from '../page/lesson.js';
import type { Program, Run } from '../program.js';

const cpu = tasksFrom<typeof import('../bodies/compute.js')>(
  new URL('../bodies/compute.js', import.meta.url),
);

const RIVALS = 2;

export const program: Program = {
  name: 'stacked',
  title: 'Two schedulers, one on the other',
  about: `Three jobs compute for 60 ms each and give way every 2 ms. ${RIVALS} other threads of the program never stop computing. All of it has one CPU.`,
  under: ['tasks', 'threads'],
  cpus: 1,
  jobs: ['job 1', 'job 2', 'job 3'],
  rivals: RIVALS,

  start({ spawn, spawnThread, gate, steps }) {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    return {
      jobs: [1, 2, 3].map((n) => spawn(`job ${n}`)(cpu.computePolitely, gate, steps(60), 30)),
      rivals: {
        threads: Array.from({ length: RIVALS }, (_, n) =>
          spawnThread(`rival ${n + 1}`)(cpu.computeUntil, gate, stop),
        ),
        stop: () => Atomics.store(stop, 0, 1),
      },
    };
  },

  lesson: ({ tasks, threads, pool }) => {
    const runs = present([tasks, threads, pool]);
    return {
      questions: present([tasks && howMuch(tasks), runs.length < 2 ? undefined : whoseSooner(runs)]),
      lookFor: present([
        tasks &&
          longestHole(
            tasks,
            'job ',
            'A poll goes on, and its thread has no CPU. The user-space scheduler cannot see this; only the rows of the kernel can.',
          ),
        tasks && longestWait(tasks, 'job 1'),
        threads && longestWait(threads, 'job 1'),
      ]),
      inShort: tasks && holesSentence(tasks),
      why: present([...runs.map(shareSentence), tasks && holesSentence(tasks)]),
      tryThis: {
        command: 'pnpm lab stacked --cpus 2',
        toSee: 'the hatched parts of the polls shrink when there is a second CPU',
      },
    };
  },
};

/** When the last job ended, which is before the rivals are stopped. */
function endOf({ picture }: Run): number | undefined {
  const ends = tasksStarting(picture, 'job ').filter(({ end }) => end !== undefined);
  return ends.length === 0 ? undefined : Math.max(...ends.map(({ toNs }) => toNs));
}

function shareSentence(run: Run): string | undefined {
  const end = endOf(run);
  if (end === undefined) return undefined;
  const places = new Set(tasksStarting(run.picture, 'job ').map(({ thread }) => thread));
  const threads = run.picture.threads.filter(({ thread }) => thread !== undefined && places.has(thread));
  const running = threads.flatMap(({ slices }) =>
    sinceStart(slices).filter(({ state }) => state === 'running'),
  );
  const onCpu = sumOf(running.filter(({ fromNs }) => fromNs < end));
  const had =
    running.length === 0
      ? ''
      : `; their ${threads.length === 1 ? 'one thread' : `${threads.length} threads`} had a CPU for ${durationText(onCpu)} of that`;
  return `Under ${run.label}, the three jobs were done after ${durationText(end)}${had}.`;
}

/** How much of the polls went by without a CPU. */
function holesOf({ picture }: Run): { readonly polled: number; readonly without: number } {
  const polls = tasksStarting(picture, 'job ')
    .flatMap(({ slices }) => sinceStart(slices))
    .filter(({ state }) => state === 'polled');
  return { polled: sumOf(polls), without: sumOf(polls.flatMap(({ withoutCpu = [] }) => withoutCpu)) };
}

function holesSentence(run: Run): string | undefined {
  const { polled, without } = holesOf(run);
  if (without === 0) return undefined;
  return `Our executor saw its tasks polled for ${durationText(polled)}; for ${durationText(without)} of that the thread had no CPU. It has no way to know: the kernel schedules the thread that it runs on.`;
}

function howMuch(run: Run): Question | undefined {
  const { polled, without } = holesOf(run);
  if (polled === 0 || run.picture.cpus.length === 0) return undefined;
  const part = Math.round((without / polled) * 100);
  return {
    kind: 'number',
    asks: 'As tasks, the jobs are polled on one thread, beside two threads that compute. During what part of the polls does that thread have no CPU?',
    unit: '%',
    from: part - 12,
    to: part + 12,
    because: `It was ${part} %: ${durationText(without)} of ${durationText(polled)}.`,
  };
}

function whoseSooner(runs: readonly Run[]): Question | undefined {
  const ends = runs.map(endOf);
  if (ends.some((end) => end === undefined)) return undefined;
  return {
    kind: 'choice',
    asks: 'Under which of them are the three jobs done first?',
    choices: runs.map(({ label }) => label),
    right: ends.indexOf(Math.min(...ends.map((end) => end!))),
    because: runs
      .map(({ label }, place) => `Under ${label}, they were done after ${durationText(ends[place]!)}.`)
      .join(' '),
  };
}
