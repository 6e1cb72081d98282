import { tasksFrom } from '@heddle/runtime';
import { durationText } from '../../explain/number-text.js';
import { lengthOf, longest, sinceStart, taskNamed } from '../facts/find-lanes.js';
import { preemptionsOf, timesText } from '../facts/preemptions.js';
import { firstPreemption, longestPoll, longestWait, present } from '../facts/sights.js';
import { waitSentence } from '../facts/wait-sentence.js';
import { type Waits, waitsOf } from '../facts/waits.js';
import type { Question } from '../page/lesson.js';
import type { Program, Run } from '../program.js';

const cpu = tasksFrom<typeof import('../bodies/compute.js')>(
  new URL('../bodies/compute.js', import.meta.url),
);
const ticker = tasksFrom<typeof import('../bodies/tick.js')>(new URL('../bodies/tick.js', import.meta.url));

const HOG_MS = 200;
const TICK_MS = 10;

export const program: Program = {
  name: 'hog',
  title: 'One that never gives way',
  about: `A ticker wants to run for a moment every ${TICK_MS} ms. Beside it a hog computes for ${HOG_MS} ms without a pause, and two polite jobs give way every 2 ms.`,
  under: ['tasks', 'threads'],

  jobs: ['ticker', 'hog', 'polite 1', 'polite 2'],

  start: ({ spawn, gate, steps }) => ({
    jobs: [
      spawn('ticker')(ticker.tick, gate, TICK_MS, 30, steps(0.2)),
      spawn('hog')(cpu.compute, gate, steps(HOG_MS)),
      spawn('polite 1')(cpu.computePolitely, gate, steps(40), 20),
      spawn('polite 2')(cpu.computePolitely, gate, steps(40), 20),
    ],
  }),

  lesson: ({ tasks, threads, pool }) => ({
    questions: present([tasks && howLate(tasks), threads && howOften(threads)]),
    lookFor: present([
      tasks && longestPoll(tasks, 'hog', 'Nothing but the hog itself can end it.'),
      tasks && longestWait(tasks, 'ticker'),
      threads &&
        firstPreemption(threads, 'hog', 'The kernel takes the CPU from the hog, in the middle of a poll.'),
      threads && longestWait(threads, 'ticker'),
      pool && longestWait(pool, 'polite 2'),
    ]),
    inShort: tasks && threads && hogSentence(tasks, threads),
    why: present([
      ...[tasks, threads, pool].map((run) => run && tickerSentence(run)),
      tasks && threads && hogSentence(tasks, threads),
    ]),
    tryThis: {
      command: 'pnpm lab hog --cpus 1',
      toSee: 'that the kernel needs no second CPU to keep the ticker going: it interrupts the hog',
    },
  }),
};

/** The sentence of the program: who let the ticker run, told from what was counted. */
export function hogSentence(tasks: Run, threads: Run): string | undefined {
  const here = waitsOfTicker(tasks);
  const there = waitsOfTicker(threads);
  if (here === undefined || there === undefined) return undefined;
  const kernel = kernelWords(preemptionsOf(threads.picture, 'hog'));
  if (here.cpu !== 'watched' || there.cpu !== 'watched')
    return `Nobody in user space can interrupt the hog, and ${kernel}. How long the ticker waited at worst is not compared: nobody saw when its thread had no CPU.`;
  return comparison(lengthOf(here.worst), lengthOf(there.worst), kernel);
}

function comparison(here: number, there: number, kernel: string): string {
  const both = `the ticker waited up to ${durationText(here)} under tasks and up to ${durationText(there)} under threads`;
  if (here > there * 2) return `Nobody in user space can interrupt the hog, and ${kernel}: ${both}.`;
  if (there > here * 2)
    return `The hog did not hold up the ticker more as a task than as a thread, where ${kernel}: ${both}.`;
  return `It made little difference to the ticker who schedules the hog; ${kernel}: ${both}.`;
}

function kernelWords(took: number | undefined): string {
  if (took === undefined) return 'how often the kernel interrupted it was not counted';
  if (took === 0) return 'the kernel never took the CPU from it';
  return `the kernel took the CPU from it ${timesText(took)}`;
}

function waitsOfTicker({ picture }: Run): Waits | undefined {
  const lane = taskNamed(picture, 'ticker');
  return lane && waitsOf(picture, lane);
}

function tickerSentence({ label, picture }: Run): string | undefined {
  const lane = taskNamed(picture, 'ticker');
  return lane && waitSentence(label, picture, lane);
}

function howLate({ picture }: Run): Question | undefined {
  const lane = taskNamed(picture, 'ticker');
  const hog = taskNamed(picture, 'hog');
  const poll = hog && longest(sinceStart(hog.slices.filter(({ state }) => state === 'polled')));
  if (lane === undefined || poll === undefined) return undefined;
  const worst = lengthOf(waitsOf(picture, lane).worst);
  return {
    kind: 'choice',
    asks: `As tasks, all four share one thread. How late does the ticker come at worst, while the hog computes for ${HOG_MS} ms?`,
    choices: [
      'It is on time: it has a timer.',
      `About ${TICK_MS} ms: one tick is lost.`,
      'As late as the hog is long.',
    ],
    right: worst > lengthOf(poll) / 2 ? 2 : worst > (TICK_MS / 2) * 1e6 ? 1 : 0,
    because: `It was ready for ${durationText(worst)} at worst; the hog's poll took ${durationText(lengthOf(poll))}.`,
  };
}

function howOften({ picture }: Run): Question | undefined {
  const count = preemptionsOf(picture, 'hog');
  if (count === undefined) return undefined;
  return {
    kind: 'number',
    asks: 'As threads, each has its own. How often does the kernel take the CPU from the hog?',
    unit: 'times',
    from: Math.floor(count / 2),
    to: Math.ceil(count * 2),
    because: `It was ${timesText(count)}. Half or twice as many counts as right: it depends on what else runs.`,
  };
}
