import { safeInspect } from '../base/safe-inspect.js';

/** What the functions about recordings take from each other. */
export type Given = 'run' | 'recording' | 'picture' | 'task' | 'slices' | 'stretch' | 'kernel';

/**
 * Throws a `TypeError` unless it is what the caller takes, by the few fields that tell it from all that could be meant:
 * a recording, its runs, their pictures and the lanes of those are passed from one function to the next, and are easily
 * mistaken. No event is looked at, so it costs the same for any recording.
 */
export function checkGiven(caller: string, given: Given, value: unknown): void {
  const { name, from, fits } = KINDS[given];
  if (isObject(value) && fits(value)) return;
  throw new TypeError(`${caller}: expected ${name}, got ${textOf(value)}; pass ${from}`);
}

interface Kind {
  readonly name: string;
  /** Where it is had from. */
  readonly from: string;
  fits(value: Fields): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<Given, Kind>> = {
  run: {
    name: 'a run',
    from: 'what recording.stop() gave, or trace.runs[0]',
    fits: ({ events, lost }) => Array.isArray(events) && isObject(lost),
  },
  recording: {
    name: 'a recording',
    from: 'traceOf(name, [run])',
    fits: ({ runs }) => Array.isArray(runs) && runs.every((run) => isObject(run) && KINDS.run.fits(run)),
  },
  picture: {
    name: 'a picture',
    from: 'pictureOf(run)',
    fits: ({ tasks, threads, cpus }) => [tasks, threads, cpus].every(Array.isArray),
  },
  task: {
    name: 'a task of a picture',
    from: 'one of picture.tasks',
    fits: ({ task, slices }) => typeof task === 'string' && Array.isArray(slices),
  },
  slices: { name: 'the slices of a lane', from: 'lane.slices', fits: Array.isArray },
  stretch: {
    name: 'a stretch of time',
    from: '{ fromNs, toNs }, or a slice',
    fits: ({ fromNs, toNs }) => typeof fromNs === 'number' && typeof toNs === 'number',
  },
  kernel: {
    name: 'what the kernel did',
    from: 'what await kernel.stop() gave, of recordKernel()',
    fits: ({ events, threadNames, lost }) =>
      Array.isArray(events) && isObject(threadNames) && typeof lost === 'number',
  },
};

/** What is likely meant by it, where it is something of ours: the whole text of a recording helps nobody. */
function textOf(value: unknown): string {
  if (!isObject(value) || Array.isArray(value)) return safeInspect(value, 100);
  const { fits } = KINDS.recording;
  if (fits(value)) return `a recording with ${(value.runs as readonly unknown[]).length} runs`;
  for (const given of ['run', 'picture', 'task', 'kernel'] as const) {
    if (KINDS[given].fits(value)) return KINDS[given].name;
  }
  return safeInspect(value, 100);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
