import { tasksFrom, thread } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { durationText } from '../../explain/number-text.js';
import type { ReceivingEnd, SendingEnd } from '../bodies/rally.js';
import { decisionsOf } from '../facts/decisions.js';
import { taskNamed } from '../facts/find-lanes.js';
import { present } from '../facts/sights.js';
import type { LookFor, Question } from '../page/lesson.js';
import type { Program, Run, Under } from '../program.js';

const rally = tasksFrom<typeof import('../bodies/rally.js')>(new URL('../bodies/rally.js', import.meta.url));

const TRIPS = 200;

export const program: Program = {
  name: 'ping-pong',
  title: 'Waking each other',
  about: `Two jobs send a ball to and fro, ${TRIPS} times. Neither can do anything before the other has.`,
  under: ['tasks', 'threads'],
  together: 2,
  jobs: ['ping', 'pong'],

  start({ under, spawn, gate }) {
    const [out, toPong] = channel(under);
    const [back, toPing] = channel(under);
    return {
      jobs: [
        spawn('ping')(rally.ping, gate, out, toPing, TRIPS),
        spawn('pong')(rally.pong, gate, toPong, back, TRIPS),
      ],
    };
  },

  lesson: ({ tasks, threads, pool }) => {
    const runs = present([tasks, threads, pool]);
    return {
      questions: present([runs.length < 2 ? undefined : howMuchLonger(runs)]),
      lookFor: present(runs.map(firstWake)),
      why: present(runs.map(tripSentence)),
      tryThis: {
        command: 'pnpm lab ping-pong --cpus 1',
        toSee: 'whether two threads are quicker on one CPU, where the ball needs no second one to wake up',
      },
    };
  },
};

/** Tasks have a channel in their own memory; between threads it takes messages. */
function channel(under: Under): [SendingEnd, ReceivingEnd] {
  return under === 'tasks' ? mpsc.channel<number>(1) : thread.channel<number>({ capacity: 1 });
}

/** How long one round trip took. */
function tripNs({ picture }: Run): number | undefined {
  const lane = taskNamed(picture, 'ping');
  return lane?.end === undefined ? undefined : lane.toNs / TRIPS;
}

function tripSentence(run: Run): string | undefined {
  const ns = tripNs(run);
  if (ns === undefined) return undefined;
  const { polls, switches } = decisionsOf(run.picture);
  const kernel =
    switches === undefined ? '' : `, and the kernel gave a thread of ours a CPU ${switches} times`;
  return `Under ${run.label}, a round trip took ${durationText(ns)}: there were ${polls} polls${kernel}.`;
}

function firstWake({ place, label, picture }: Run): LookFor | undefined {
  const lane = taskNamed(picture, 'pong');
  const slice = lane?.slices.find(
    ({ state, fromNs, wokenBy }) => state === 'ready' && fromNs > 0 && wokenBy !== undefined,
  );
  if (lane === undefined || slice === undefined) return undefined;
  const { fromNs, toNs, wokenBy } = slice;
  const by =
    wokenBy === 'event loop' ? 'a message that came through the event loop' : 'the task that sent the ball';
  return {
    run: place,
    atNs: fromNs,
    toNs,
    row: { task: lane.task },
    says: `Under ${label}, pong is woken by ${by}, and polled ${durationText(toNs - fromNs)} later.`,
  };
}

function howMuchLonger(runs: readonly Run[]): Question | undefined {
  const [first, second] = runs;
  const here = first && tripNs(first);
  const there = second && tripNs(second);
  if (here === undefined || there === undefined) return undefined;
  const factor = there / here;
  return {
    kind: 'choice',
    asks: `How long does a round trip take under ${second!.label}, measured by one under ${first!.label}?`,
    choices: ['less', 'about as long', '2 to 10 times as long', 'more than 10 times as long'],
    right: factor < 0.5 ? 0 : factor < 2 ? 1 : factor <= 10 ? 2 : 3,
    because: `It took ${durationText(there)} and ${durationText(here)}.`,
  };
}
