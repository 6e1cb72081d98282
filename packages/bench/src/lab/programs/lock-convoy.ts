import { tasksFrom } from '@heddle/runtime';
import { SharedMutex } from '@heddle/runtime/thread';
import { durationText } from '../../explain/number-text.js';
import { sinceStart, sumOf, tasksStarting } from '../facts/find-lanes.js';
import { present } from '../facts/sights.js';
import type { LookFor, Question } from '../page/lesson.js';
import type { Program, Run } from '../program.js';

const bodies = tasksFrom<typeof import('../bodies/convoy.js')>(
  new URL('../bodies/convoy.js', import.meta.url),
);

const ROUNDS = 12;

export const program: Program = {
  name: 'lock-convoy',
  title: 'One lock that all want',
  about: `Three jobs make ${ROUNDS} rounds each: 4 ms of work with a lock held, then 1 ms without.`,
  under: ['tasks', 'threads'],

  jobs: ['job 1', 'job 2', 'job 3'],

  start({ spawn, gate, steps }) {
    const lock = new SharedMutex();
    return {
      jobs: [1, 2, 3].map((n) => spawn(`job ${n}`)(bodies.inConvoy, gate, lock, ROUNDS, steps(4), steps(1))),
    };
  },

  lesson: ({ tasks, threads, pool }) => {
    const runs = present([tasks, threads, pool]);
    return {
      questions: present([tasks && doTasksWait(tasks)]),
      lookFor: present(runs.map(firstQueue)),
      why: present(runs.map(lockSentence)),
      tryThis: {
        command: 'pnpm lab lock-convoy --under threads,pool',
        toSee: 'that more threads than the lock lets through do not help',
      },
    };
  },
};

/** How long all jobs together waited for the lock, and when the last was done. */
function lockOf({ picture }: Run): {
  readonly waited: number;
  readonly times: number;
  readonly endNs: number;
} {
  const lanes = tasksStarting(picture, 'job ');
  const waits = lanes.flatMap(({ slices }) => sinceStart(slices).filter(isForTheLock));
  return { waited: sumOf(waits), times: waits.length, endNs: Math.max(0, ...lanes.map(({ toNs }) => toNs)) };
}

function isForTheLock({ state, on = '' }: { readonly state: string; readonly on?: string }): boolean {
  return state === 'waiting' && on.includes('lock');
}

function lockSentence(run: Run): string {
  const { waited, times, endNs } = lockOf(run);
  const done = `Under ${run.label}, all were done after ${durationText(endNs)}.`;
  if (times === 0) {
    return `${done} No job ever waited for the lock: none gave way while it held it, and so none could come between.`;
  }
  return `${done} The jobs waited for the lock ${times} times, ${durationText(waited)} in all.`;
}

function firstQueue(run: Run): LookFor | undefined {
  for (const { task, name, slices } of tasksStarting(run.picture, 'job ')) {
    const wait = sinceStart(slices).find(isForTheLock);
    if (wait === undefined) continue;
    return {
      run: run.place,
      atNs: wait.fromNs,
      toNs: wait.toNs,
      row: { task },
      says: `Under ${run.label}, ${name} waits for the lock for ${durationText(wait.toNs - wait.fromNs)}, while another thread holds it.`,
    };
  }
  return undefined;
}

function doTasksWait(run: Run): Question {
  const { times } = lockOf(run);
  return {
    kind: 'choice',
    asks: 'As tasks, on one thread: does a job ever wait for the lock?',
    choices: ['yes, most of the time', 'no, never'],
    right: times === 0 ? 1 : 0,
    because:
      times === 0
        ? 'Nobody waited: a task that does not give way cannot be overtaken.'
        : `They waited ${times} times.`,
  };
}
