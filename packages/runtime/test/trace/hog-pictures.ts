import type {
  CpuLane,
  Picture,
  TaskLane,
  TaskSlice,
  TaskState,
  ThreadLane,
  ThreadSlice,
} from '@heddle/runtime/trace';

type CpuSlice = CpuLane['slices'][number];

/**
 * A task that never yields beside one that ticks, on one CPU: once as tasks of one thread, once as two threads. Small
 * enough that each interval can be checked by eye. Times in milliseconds here, nanoseconds in the picture.
 */
export const MS = 1_000_000;

export const asTasks: Picture = {
  ...empty('tasks', 100),
  cpus: [{ cpu: 0, slices: [cpuSlice(0, 40, 100), cpuSlice(40, 50, 'other'), cpuSlice(50, 100, 100)] }],
  threads: [
    {
      ...thread(0, 100, 'main', 0, 100),
      slices: [
        threadSlice('running', 0, 40, { cpu: 0, why: 'preempted', by: 'other' }),
        threadSlice('runnable', 40, 50),
        threadSlice('running', 50, 90, { cpu: 0, why: 'asleep', by: 'idle' }),
        threadSlice('asleep', 90, 100),
      ],
      preemptions: 1,
      migrations: 0,
      runNs: 80 * MS,
      runnableNs: 10 * MS,
    },
  ],
  tasks: [
    task('0:1', 'hog', [taskSlice('ready', 0, 2), poll(2, 70, 'settled', [[40, 50]])], 'value'),
    task(
      '0:2',
      'ticker',
      [
        taskSlice('ready', 0, 70),
        poll(70, 71, 'suspended'),
        taskSlice('waiting', 71, 80, { on: 'sleep(9)' }),
        taskSlice('ready', 80, 80.5, { wokenBy: 'event loop' }),
        poll(80.5, 81, 'settled'),
      ],
      'value',
    ),
  ],
  counters: [{ name: 'ready tasks', thread: 0, atNs: [0, 2 * MS, 70 * MS, 71 * MS], values: [2, 1, 0, 0] }],
};

export const asThreads: Picture = {
  ...empty('threads', 80),
  cpus: [
    {
      cpu: 0,
      slices: [
        cpuSlice(0, 20, 201),
        cpuSlice(20, 21, 202),
        cpuSlice(21, 40, 201),
        cpuSlice(40, 41, 202),
        cpuSlice(41, 80, 201),
      ],
    },
  ],
  threads: [
    {
      ...thread(1, 201, 'hog', 0, 80),
      slices: [
        threadSlice('running', 0, 20, { cpu: 0, why: 'preempted', by: 202 }),
        threadSlice('runnable', 20, 21),
        threadSlice('running', 21, 40, { cpu: 0, why: 'preempted', by: 202 }),
        threadSlice('runnable', 40, 41),
        threadSlice('running', 41, 80, { cpu: 0, why: 'exited', by: 'idle' }),
      ],
      preemptions: 2,
      migrations: 0,
      runNs: 78 * MS,
      runnableNs: 2 * MS,
    },
    {
      ...thread(2, 202, 'ticker', 0, 41),
      slices: [
        threadSlice('asleep', 0, 20),
        threadSlice('running', 20, 21, { cpu: 0, why: 'asleep', by: 201, wokenBy: 'other' }),
        threadSlice('asleep', 21, 40),
        threadSlice('running', 40, 41, { cpu: 0, why: 'exited', by: 201, wokenBy: 'other' }),
      ],
      preemptions: 0,
      migrations: 0,
      runNs: 2 * MS,
      runnableNs: 0,
    },
  ],
};

export function empty(label: string, endMs: number): Picture {
  return {
    label: label,
    fromNs: 0,
    endNs: endMs * MS,
    cpus: [],
    threads: [],
    tasks: [],
    counters: [],
    marks: [],
  };
}

export function thread(place: number, tid: number, name: string, fromMs: number, toMs: number): ThreadLane {
  return {
    thread: place,
    tid,
    name,
    fromNs: fromMs * MS,
    toNs: toMs * MS,
    slices: [],
    bands: [],
    preemptions: undefined,
    migrations: undefined,
    runNs: undefined,
    runnableNs: undefined,
  };
}

export function task(
  key: TaskLane['task'],
  name: string | undefined,
  slices: readonly TaskSlice[],
  end: TaskLane['end'],
): TaskLane {
  const [fromNs, toNs] = [slices[0]?.fromNs ?? 0, slices.at(-1)?.toNs ?? 0];
  const polls = slices.filter(({ state }) => state === 'polled');
  const ready = slices.filter(({ state }) => state === 'ready');
  return {
    task: key,
    name,
    at: undefined,
    spawnedBy: undefined,
    thread: Number(key.split(':')[0]),
    fromNs,
    toNs,
    end,
    slices,
    responseNs: polls[0] === undefined ? undefined : polls[0].fromNs - fromNs,
    turnaroundNs: end === undefined ? undefined : toNs - fromNs,
    waitNs: ready.reduce((sum, slice) => sum + slice.toNs - slice.fromNs, 0),
    polls: polls.length,
  };
}

export function taskSlice(
  state: TaskState,
  fromMs: number,
  toMs: number,
  rest: Partial<TaskSlice> = {},
): TaskSlice {
  return { state, fromNs: fromMs * MS, toNs: toMs * MS, ...rest };
}

export function poll(
  fromMs: number,
  toMs: number,
  end: NonNullable<TaskSlice['end']>,
  withoutCpuMs: readonly (readonly [number, number])[] = [],
): TaskSlice {
  const withoutCpu = withoutCpuMs.map(([from, to]) => ({ fromNs: from * MS, toNs: to * MS }));
  return taskSlice('polled', fromMs, toMs, { end, ...(withoutCpu.length > 0 ? { withoutCpu } : {}) });
}

function threadSlice(
  state: ThreadSlice['state'],
  fromMs: number,
  toMs: number,
  rest: Partial<ThreadSlice> = {},
): ThreadSlice {
  return { state, fromNs: fromMs * MS, toNs: toMs * MS, ...rest };
}

function cpuSlice(fromMs: number, toMs: number, tid: number | 'other'): CpuSlice {
  return { fromNs: fromMs * MS, toNs: toMs * MS, tid };
}
