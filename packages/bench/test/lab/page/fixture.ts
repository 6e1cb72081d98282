import type {
  CpuLane,
  Interval,
  Picture,
  TaskKey,
  TaskLane,
  TaskSlice,
  ThreadLane,
  ThreadSlice,
  TraceRun,
} from '@heddle/runtime/trace';
import type { PageInput, PageRun } from '../../../src/lab/page/page-input.js';

const MS = 1_000_000;

/** Four jobs under both schedulers: two runs by hand, in which the kernel takes a CPU away in the middle of a poll. */
export function fixture(names: readonly string[] = ['hog', 't2', 't3', 't4']): PageInput {
  return {
    title: 'Four jobs, two schedulers',
    about:
      'One job never yields, three are polite. The same four jobs run as tasks on one thread, and as threads.',
    inShort: 'Nobody interrupts the hog.',
    trace: { program: 'hog', node: '20.20.2', platform: 'linux', kernel: '6.18' },
    runs: [underTasks(names), underThreads(names)],
    lesson: {
      questions: [
        {
          kind: 'choice',
          asks: 'With one job that never yields, who finishes first in A?',
          choices: ['the hog', 'the others'],
          right: 0,
          because:
            'Nobody can interrupt the hog in user space, so it was done after 40 ms and the others began then.',
        },
        {
          kind: 'number',
          asks: 'How often will the kernel take a CPU away in B?',
          unit: 'times',
          from: 5,
          to: 60,
          because: 'It did so 18 times.',
        },
      ],
      lookFor: [
        {
          run: 0,
          atNs: 12 * MS,
          row: { task: '0:1' },
          says: 'The hog is polled, but its thread has no CPU.',
        },
        { run: 1, atNs: 6 * MS, row: { thread: 1 }, says: 'The first preemption: worker 1 wanted to go on.' },
        { run: 0, atNs: 40 * MS, toNs: 48 * MS, says: 'Only now the polite ones take turns.' },
      ],
      why: [
        'A task is interrupted by nobody: it runs until it yields.',
        'A thread is interrupted by the kernel, whether it likes it or not.',
      ],
      tryThis: { command: 'pnpm lab hog --cpus 1', toSee: 'the kernel share one CPU among all' },
    },
  };
}

/** One thread that polls four tasks: the first for 40 ms at a stretch, the others 1 ms at a time. */
function underTasks(names: readonly string[]): PageRun {
  const holes: Interval[] = [
    { fromNs: 11 * MS, toNs: 14 * MS },
    { fromNs: 25 * MS, toNs: 29 * MS },
  ];
  const endNs = 64 * MS;
  const tasks = names.map((name, place): TaskLane => {
    const slices: TaskSlice[] = [];
    if (place === 0) {
      slices.push({ fromNs: 0, toNs: 0.2 * MS, state: 'ready' });
      slices.push({ fromNs: 0.2 * MS, toNs: 40 * MS, state: 'polled', end: 'settled', withoutCpu: holes });
      return lane(0, name, slices, 'value');
    }
    slices.push({ fromNs: place * 0.05 * MS, toNs: (40 + place - 1) * MS, state: 'ready' });
    for (let turn = 0; turn < 8; turn++) {
      const fromNs = (40 + place - 1 + turn * 3) * MS;
      const last = turn === 7;
      const waits = turn === 3;
      slices.push({
        fromNs,
        toNs: fromNs + MS,
        state: 'polled',
        end: last ? 'settled' : waits ? 'suspended' : 'yielded',
      });
      if (waits) {
        slices.push({ fromNs: fromNs + MS, toNs: fromNs + 2 * MS, state: 'waiting', on: 'a lock' });
        slices.push({
          fromNs: fromNs + 2 * MS,
          toNs: fromNs + 3 * MS,
          state: 'ready',
          wokenBy: key(place === 3 ? 1 : place + 1),
        });
      } else if (!last) slices.push({ fromNs: fromNs + MS, toNs: fromNs + 3 * MS, state: 'ready' });
    }
    return lane(place, name, slices, place === 3 ? 'panic' : 'value');
  });
  const running: ThreadSlice[] = [];
  let from = -2 * MS;
  for (const hole of [...holes, { fromNs: endNs, toNs: endNs }]) {
    const last = hole.fromNs === endNs;
    running.push({
      fromNs: from,
      toNs: hole.fromNs,
      state: 'running',
      cpu: 1,
      ...(last ? {} : { why: 'preempted', by: 'other' }),
    });
    if (!last) running.push({ ...hole, state: 'runnable' });
    from = hole.toNs;
  }
  const main = thread(0, 4711, 'main', running);
  const cpus: CpuLane[] = [
    { cpu: 0, slices: [] },
    {
      cpu: 1,
      slices: running.map(({ fromNs, toNs, state }) => ({
        fromNs,
        toNs,
        tid: state === 'running' ? 4711 : ('other' as const),
      })),
    },
  ];
  const picture: Picture = {
    label: 'tasks',
    fromNs: -2 * MS,
    endNs,
    cpus,
    threads: [main],
    tasks,
    counters: [
      {
        name: 'ready tasks',
        thread: 0,
        atNs: [0, 0.2 * MS, 40 * MS, 52 * MS, 53 * MS, 61 * MS, 62 * MS],
        values: [4, 3, 2, 1, 2, 1, 0],
      },
    ],
    marks: [{ atNs: 40 * MS, name: 'hog done' }],
  };
  return {
    run: {
      ...facts('tasks', endNs),
      events: [
        { k: 'abort', t: 45 * MS, thread: 0, task: key(2) },
        { k: 'park', t: 63 * MS, thread: 0 },
      ],
    },
    picture,
    describe: 'the user-space scheduler decides, on one OS thread',
    warnings: ['The task hog was polled for 39.8 ms without a yield; three tasks were ready meanwhile.'],
  };
}

/** Four threads take turns on two CPUs, 3 ms each. */
function underThreads(names: readonly string[]): PageRun {
  const turn = 3 * MS;
  const endNs = 36 * MS;
  const cpus: { cpu: number; slices: (Interval & { tid: number })[] }[] = [
    { cpu: 0, slices: [] },
    { cpu: 1, slices: [] },
  ];
  const lanes = names.map((name, place): ThreadLane => {
    const slices: ThreadSlice[] = [{ fromNs: -30 * MS, toNs: -20 * MS, state: 'runnable', wokenBy: 4711 }];
    slices.push({
      fromNs: -20 * MS,
      toNs: -2 * MS,
      state: 'running',
      cpu: place % 2,
      why: 'asleep',
      by: 'idle',
    });
    slices.push({ fromNs: -2 * MS, toNs: 0, state: 'asleep' });
    for (let at = 0; at < endNs; at += turn) {
      const round = at / turn;
      const runs = (round + place) % 2 === 0;
      const cpu = (Math.floor(place / 2) + (round >= 6 ? 1 : 0)) % 2;
      const last = at + turn >= endNs;
      if (runs) {
        slices.push({
          fromNs: at,
          toNs: at + turn,
          state: 'running',
          cpu,
          why: last ? 'exited' : 'preempted',
          by: last ? 'idle' : 4712 + (place ^ 1),
        });
        cpus[cpu]!.slices.push({ fromNs: at, toNs: at + turn, tid: 4712 + place });
      } else
        slices.push({
          fromNs: at,
          toNs: at + turn,
          state: 'runnable',
          ...(round === 0 ? { wokenBy: 4711 } : {}),
        });
    }
    return thread(place + 1, 4712 + place, name, slices);
  });
  for (const { slices } of cpus) slices.sort((a, b) => a.fromNs - b.fromNs);
  const main = thread(0, 4711, 'main', [
    { fromNs: -40 * MS, toNs: -30 * MS, state: 'running', cpu: 0, why: 'asleep', by: 'idle' },
    { fromNs: -30 * MS, toNs: endNs, state: 'asleep' },
  ]);
  const picture: Picture = {
    label: 'threads',
    fromNs: -40 * MS,
    endNs,
    cpus,
    threads: [main, ...lanes],
    tasks: [],
    counters: [{ name: 'runnable threads', atNs: [-30 * MS, -20 * MS, 0, endNs], values: [4, 0, 2, 0] }],
    marks: [],
  };
  return {
    run: { ...facts('threads', endNs), events: [] },
    picture,
    describe: 'the kernel decides, on four OS threads',
  };
}

/** The same threads, counted and not seen. */
export function countedRun(names: readonly string[]): PageRun {
  const { run, picture, describe } = underThreads(names);
  return {
    run: {
      ...run,
      label: 'counted',
      level: 'counted',
      levelBecause: 'the kernel’s trace may be read by root alone. Run it with sudo once.',
    },
    ...(describe === undefined ? {} : { describe }),
    picture: {
      ...picture,
      label: 'counted',
      cpus: [],
      threads: picture.threads.map((lane) => ({
        ...lane,
        slices: [],
        bands: Array.from({ length: 8 }, (_, place) => ({
          fromNs: place * 4.5 * MS,
          toNs: (place + 1) * 4.5 * MS,
          running: 0.3 + ((place * 7) % 4) / 10,
          runnable: 0.3 - ((place * 3) % 3) / 10,
          asleep: 0.4 - ((place * 7) % 4) / 10 + ((place * 3) % 3) / 10,
        })),
      })),
    },
  };
}

/** A run of so many short intervals, half of them on one task. */
export function manySlices(count: number): PageRun {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const { run, picture } = underTasks(['one', ...Array.from({ length: 20 }, (_, place) => `job ${place}`)]);
  let endNs = 0;
  const tasks = picture.tasks.map((task, place): TaskLane => {
    const share = place === 0 ? count / 2 : count / 2 / 20;
    const slices: TaskSlice[] = [];
    let at = 0;
    for (let index = 0; index < share; index++) {
      const toNs = at + Math.ceil((random() * 20_000 * count) / 2 / share);
      const state = (['ready', 'polled', 'waiting'] as const)[index % 3]!;
      slices.push({
        fromNs: at,
        toNs,
        state,
        ...(state === 'polled' ? { end: 'suspended' as const } : {}),
        ...(state === 'ready' && index > 0 ? { wokenBy: key(Math.floor(random() * 20)) } : {}),
        ...(state === 'waiting' ? { on: 'a message' } : {}),
      });
      at = toNs;
    }
    endNs = Math.max(endNs, at);
    return { ...lane(place, task.name ?? '', slices, 'value') };
  });
  return { run: { ...run, endNs }, picture: { ...picture, endNs, tasks } };
}

function facts(label: string, endNs: number): Omit<TraceRun, 'events'> {
  return {
    label,
    pid: 4711,
    level: 'exact',
    cpus: 2,
    endNs,
    lost: { events: 0, threads: 0, kernel: 0 },
    othersUsed: 0.12,
    usage: { cpuNs: 70 * MS, voluntary: 12, involuntary: 20 },
  };
}

function key(place: number): TaskKey {
  return `0:${place + 1}`;
}

function lane(place: number, name: string, slices: readonly TaskSlice[], end: 'value' | 'panic'): TaskLane {
  const fromNs = slices[0]?.fromNs ?? 0;
  const toNs = slices.at(-1)?.toNs ?? 0;
  const polled = slices.filter(({ state }) => state === 'polled');
  return {
    task: key(place),
    name,
    at: `/home/ada-lovelace/lab/hog.ts:${place + 10}`,
    spawnedBy: undefined,
    thread: 0,
    fromNs,
    toNs,
    end,
    slices,
    responseNs: (polled[0]?.fromNs ?? 0) - fromNs,
    turnaroundNs: toNs - fromNs,
    waitNs: lengthOf(slices.filter(({ state }) => state === 'ready')),
    polls: polled.length,
  };
}

function thread(place: number, tid: number, name: string, slices: readonly ThreadSlice[]): ThreadLane {
  return {
    thread: place,
    tid,
    name,
    fromNs: slices[0]?.fromNs ?? 0,
    toNs: slices.at(-1)?.toNs ?? 0,
    slices,
    bands: [],
    preemptions: slices.filter(({ why }) => why === 'preempted').length,
    migrations: 1,
    runNs: lengthOf(slices.filter(({ state }) => state === 'running')),
    runnableNs: lengthOf(slices.filter(({ state }) => state === 'runnable')),
  };
}

function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((total, { fromNs, toNs }) => total + toNs - fromNs, 0);
}
