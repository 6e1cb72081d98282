import { setTimeout as delay } from 'node:timers/promises';
import type { Aspect, Cell, Finding, Findings } from './cell.js';
import { type Ending, endingOf, HUNG_AFTER_MS, type Settled, settled } from './ending.js';
import { briefly } from './error-words.js';
import { type Failure, HEALTHY, type Stage } from './failure.js';
import { type Jobs, type Running, type Spawner, THREADS } from './spawner.js';
import { newWords, stillRuns } from './words.js';

/** How long a neighbour stays: longer than it takes for the failure to happen. */
const NEIGHBOUR_MS = 400;

/**
 * Has one failure happen to one spawner, in this process, and looks at what comes of it.
 *
 * A pool whose module works is used once on each of its threads before, so that no start of a thread is measured.
 */
export async function measureCell(spawner: Spawner, failure: Failure): Promise<Cell> {
  const reason = failure.needs === undefined ? undefined : spawner.lacks[failure.needs];
  if (reason !== undefined) return { kind: 'none', reason };

  const setup = failure.setup ?? HEALTHY;
  const findings: Partial<Record<Aspect, Finding>> = {};
  const neighbours: Neighbour[] = [];
  let jobs: Jobs | undefined;
  let running: Running | undefined;
  let moves = 0;
  const words = newWords();
  const stage = (jobs: Jobs): Stage => ({
    jobs,
    words,
    beside: (running, value) => neighbours.push({ end: settled(() => running.ended), value }),
    moved() {
      moves += 1;
    },
  });

  if (setup.module === 'working') {
    jobs = await spawner.open(setup);
    await expectMeeting(jobs);
    if (failure.neighbour !== false) await startNeighbour(stage(jobs));
  }
  const ending = await endingOf(
    async () => {
      jobs ??= await spawner.open(setup);
      running = await failure.start(stage(jobs));
      return await running.ended;
    },
    {
      progress: () => moves,
      ...(failure.hungAfterMs === undefined ? {} : { hungAfterMs: failure.hungAfterMs }),
    },
  );
  findings.settled = settledFinding(ending, failure.hungAfterMs ?? HUNG_AFTER_MS);
  if (ending.kind !== 'hung') {
    findings.kind = await kindFinding(failure, ending, running);
    if (failure.lost !== undefined) findings.fields = fieldsFinding(failure.lost(ending));
    if (failure.stops === true) findings.stopped = await stoppedFinding(words);
  }
  await delay(failure.lingerMs ?? 0);
  if (neighbours.length > 0) findings.neighbours = await neighboursFinding(neighbours);
  if (jobs !== undefined && failure.afterwards !== 'nothing') {
    findings.usable = await usableFinding(jobs, failure.afterwards ?? 'value');
  }
  if (jobs !== undefined && failure.joined !== false) {
    const joiner = await joinerFinding(failure, stage(jobs));
    if (joiner !== undefined) findings.joiner = joiner;
  }
  return { kind: 'measured', findings: findings satisfies Findings };
}

interface Neighbour {
  readonly end: Promise<Settled>;
  readonly value: number;
}

/** A pool that does not work to begin with is no cell: it is a mistake of this program. */
async function expectMeeting(jobs: Jobs): Promise<void> {
  const met = await usableFinding(jobs, 'value', 5 * HUNG_AFTER_MS);
  if (!met.held) throw new Error(`the pool does not work before anything has happened: ${met.saw}`);
}

async function startNeighbour({ jobs, beside }: Stage): Promise<void> {
  const words = newWords();
  const value = 11;
  beside(jobs.run('stay', { words, ms: NEIGHBOUR_MS, value }), value);
  for (let looks = 0; words[0] === 0 && looks < HUNG_AFTER_MS / 5; looks += 1) await delay(5);
}

function settledFinding(ending: Ending, hungAfterMs: number): Finding {
  switch (ending.kind) {
    case 'hung':
      return { held: false, saw: `nothing, for ${hungAfterMs / 1_000} seconds` };
    case 'value':
      return { held: true, saw: `the value ${briefly(ending.value)}` };
    case 'error':
      return { held: true, saw: briefly(ending.error) };
  }
}

async function kindFinding(
  { ends, isRight }: Failure,
  ending: Settled,
  running: Running | undefined,
): Promise<Finding> {
  const saw = ending.kind === 'value' ? `the value ${briefly(ending.value)}` : briefly(ending.error);
  if (!isRight(ending)) return { held: false, saw };
  const kind = await running?.kind?.();
  const isExpected = kind === undefined || kind === (ending.kind === 'value' ? 'value' : ends);
  return { held: isExpected, saw: kind === undefined ? saw : `${kind}, ${saw}` };
}

function fieldsFinding(lost: readonly string[]): Finding {
  return { held: lost.length === 0, saw: lost.length === 0 ? 'all' : `lost: ${lost.join(', ')}` };
}

async function stoppedFinding(words: Int32Array): Promise<Finding> {
  const runs = await stillRuns(words);
  return { held: !runs, saw: runs ? 'the job runs on' : 'the job has stopped' };
}

async function neighboursFinding(neighbours: readonly Neighbour[]): Promise<Finding> {
  for (const { end: promise, value } of neighbours) {
    const ending = await endingOf(() => promise);
    if (ending.kind === 'hung') return { held: false, saw: 'another job hangs' };
    // The promise is kept as what it settled with, so that a late look is no unhandled rejection.
    const end = ending.kind === 'value' ? (ending.value as Settled) : ending;
    if (end.kind === 'error') return { held: false, saw: `another job got ${briefly(end.error)}` };
    if (end.value !== value) return { held: false, saw: `another job got ${briefly(end.value)}` };
  }
  return { held: true, saw: 'another job gave its value' };
}

/** A next job must work, and then as many at once as there are threads: one thread less is a slot lost. */
async function usableFinding(
  jobs: Jobs,
  must: 'value' | 'settle',
  hungAfterMs = HUNG_AFTER_MS,
): Promise<Finding> {
  const next = await endingOf(() => jobs.run('ok', 13).ended, { hungAfterMs });
  if (next.kind === 'hung') return { held: false, saw: 'the next job hangs' };
  if (must === 'settle') return { held: true, saw: 'the next job settles too' };
  if (next.kind === 'error') return { held: false, saw: `the next job got ${briefly(next.error)}` };
  if (next.value !== 13) return { held: false, saw: `the next job got ${briefly(next.value)}` };
  const place = { words: newWords(), of: THREADS };
  const meeting = await endingOf(
    async () => {
      const met = Array.from({ length: THREADS }, async () => jobs.run('meet', place).ended);
      return (await Promise.all(met)).every((came) => came === true);
    },
    { hungAfterMs },
  );
  if (meeting.kind === 'value' && meeting.value === true) return { held: true, saw: 'the next jobs work' };
  if (meeting.kind === 'error') return { held: false, saw: `a later job got ${briefly(meeting.error)}` };
  return { held: false, saw: 'a thread of the pool is gone for good' };
}

async function joinerFinding(failure: Failure, stage: Stage): Promise<Finding | undefined> {
  let running: Running;
  try {
    running = await failure.start({ ...stage, words: newWords() });
  } catch {
    // Refused at the call: there is nothing to join.
    return undefined;
  }
  if (running.joinBlocking === undefined) return undefined;
  try {
    const kind = running.joinBlocking(5 * HUNG_AFTER_MS);
    const held = kind === 'refused' || kind === failure.ends;
    return { held, saw: kind === 'refused' ? 'refused at the call' : kind };
  } catch (error) {
    return { held: false, saw: briefly(error) };
  }
}
