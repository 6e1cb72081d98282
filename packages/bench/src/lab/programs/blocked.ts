import { tasksFrom } from '@heddle/runtime';
import { durationText } from '../../explain/number-text.js';
import { lengthOf, longest, sinceStart, sumOf, taskNamed, threadOf } from '../facts/find-lanes.js';
import { longestPoll, longestWait, present } from '../facts/sights.js';
import { waitSentence } from '../facts/wait-sentence.js';
import { overlaps, waitsOf } from '../facts/waits.js';
import type { Question } from '../page/lesson.js';
import type { Program, Run } from '../program.js';

const blocking = tasksFrom<typeof import('../bodies/block.js')>(
  new URL('../bodies/block.js', import.meta.url),
);
const cpu = tasksFrom<typeof import('../bodies/compute.js')>(
  new URL('../bodies/compute.js', import.meta.url),
);
const ticker = tasksFrom<typeof import('../bodies/tick.js')>(new URL('../bodies/tick.js', import.meta.url));

const BLOCK_MS = 150;

export const program: Program = {
  name: 'blocked',
  title: 'Busy, or blocked?',
  about: `One job blocks its thread for ${BLOCK_MS} ms, as a synchronous read from a slow disk does. A ticker wants to run every 10 ms, and a polite job has 60 ms of work.`,
  under: ['tasks', 'threads'],

  jobs: ['ticker', 'blocker', 'polite'],

  start: ({ spawn, gate, steps }) => ({
    jobs: [
      spawn('ticker')(ticker.tick, gate, 10, 25, steps(0.2)),
      spawn('blocker')(blocking.block, gate, BLOCK_MS),
      spawn('polite')(cpu.computePolitely, gate, steps(60), 30),
    ],
  }),

  lesson: ({ tasks, threads, pool }) => {
    const runs = present([tasks, threads, pool]);
    return {
      questions: present([tasks && whatIsTheCpuDoing(tasks)]),
      lookFor: present([
        tasks &&
          longestPoll(tasks, 'blocker', 'The task is polled, and the row of its thread says that it sleeps.'),
        tasks && longestWait(tasks, 'ticker'),
        threads &&
          longestPoll(threads, 'blocker', 'The same poll on a thread of its own keeps nobody waiting.'),
      ]),
      inShort: tasks && asleepSentence(tasks),
      why: present([
        tasks && asleepSentence(tasks),
        ...runs.map((run) => {
          const lane = taskNamed(run.picture, 'ticker');
          return lane && waitSentence(run.label, run.picture, lane);
        }),
      ]),
      tryThis: {
        command: 'pnpm lab blocked --under tasks,pool',
        toSee: 'the pool at what it is for: calls that block',
      },
    };
  },
};

/** How much of the blocking poll its thread slept. Undefined where the kernel was not seen. */
function asleepIn({ picture }: Run): { readonly poll: number; readonly asleep: number } | undefined {
  const lane = taskNamed(picture, 'blocker');
  const poll = lane && longest(sinceStart(lane.slices.filter(({ state }) => state === 'polled')));
  const thread = lane && threadOf(picture, lane);
  if (poll === undefined || thread === undefined || thread.slices.length === 0) return undefined;
  const asleep = thread.slices.filter(({ state }) => state === 'asleep');
  return { poll: lengthOf(poll), asleep: sumOf(overlaps(asleep, [poll])) };
}

function asleepSentence(run: Run): string | undefined {
  const seen = asleepIn(run);
  if (seen === undefined) return undefined;
  return `Under tasks, the blocker was polled for ${durationText(seen.poll)}, and its thread slept for ${durationText(seen.asleep)} of that: a poll that holds the thread, and does not use it.`;
}

function whatIsTheCpuDoing(run: Run): Question | undefined {
  const seen = asleepIn(run);
  const lane = taskNamed(run.picture, 'ticker');
  if (seen === undefined || lane === undefined) return undefined;
  const waited = lengthOf(waitsOf(run.picture, lane).worst);
  return {
    kind: 'choice',
    asks: 'As tasks, while the blocker blocks: what does the thread do, and what becomes of the ticker?',
    choices: [
      'The thread computes, and the ticker waits.',
      'The thread sleeps, and the ticker runs on time.',
      'The thread sleeps, and the ticker waits all the same.',
    ],
    right: seen.asleep < seen.poll / 2 ? 0 : waited < seen.poll / 2 ? 1 : 2,
    because: `The thread slept for ${durationText(seen.asleep)} of the poll, and the ticker waited ${durationText(waited)} at worst.`,
  };
}
