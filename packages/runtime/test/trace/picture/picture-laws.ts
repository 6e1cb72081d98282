import type { Interval, Picture, ThreadSlice, TraceRun } from '@heddle/runtime/trace';
import { expect } from 'vitest';

/** Holds a picture to what `Picture` promises, whatever it was made from. */
export function expectLaws(picture: Picture, run: TraceRun): void {
  expectWithin(picture);
  for (const cpu of picture.cpus) expectNoOverlap(cpu.slices, `CPU ${cpu.cpu}`);
  for (const thread of picture.threads) {
    const { slices, fromNs, toNs } = thread;
    if (slices.length > 0) expectTiles(slices, fromNs, toNs, thread.name);
    expectNoOverlap(thread.bands, thread.name);
    for (const { running, runnable, asleep } of thread.bands) {
      expect(Math.min(running, runnable, asleep)).toBeGreaterThanOrEqual(0);
      expect(running + runnable + asleep).toBeCloseTo(1);
    }
    if (slices.length > 0) {
      expect(sum(slices)).toBe(toNs - fromNs);
      expect(sum(slices.filter(({ state }) => state === 'running'))).toBe(thread.runNs);
      expect(sum(slices.filter(({ state }) => state === 'runnable'))).toBe(thread.runnableNs);
    }
  }
  expectOneCpuEach(picture);
  for (const task of picture.tasks) {
    if (task.slices.length > 0) expectTiles(task.slices, task.fromNs, task.toNs, task.task);
    else expect(task.toNs).toBe(task.fromNs);
    expect(sum(task.slices)).toBe(task.toNs - task.fromNs);
    expect(sum(task.slices.filter(({ state }) => state === 'ready'))).toBe(task.waitNs);
    expect(task.slices.filter(({ state }) => state === 'polled')).toHaveLength(task.polls);
    if (task.end !== undefined) expect(task.slices.at(-1)?.toNs ?? task.toNs).toBe(task.toNs);
  }
  expectOnePollEach(picture, run);
  expectWithoutCpu(picture);
  for (const { atNs, values } of picture.counters) {
    expect(values).toHaveLength(atNs.length);
    expect(atNs.every((at, place) => place === 0 || at > atNs[place - 1]!)).toBe(true);
    expect(values.every((value) => value >= 0)).toBe(true);
    expect(values.at(-1)).toBe(0);
  }
  expect(picture.label).toBe(run.label);
}

function expectWithin({ fromNs, endNs, threads, tasks, cpus }: Picture): void {
  const all = [...threads, ...tasks, ...cpus.flatMap(({ slices }) => slices)];
  for (const one of all) {
    expect(one.fromNs).toBeGreaterThanOrEqual(fromNs);
    expect(one.toNs).toBeGreaterThanOrEqual(one.fromNs);
    expect(one.toNs).toBeLessThanOrEqual(endNs);
  }
}

function expectTiles(slices: readonly Interval[], fromNs: number, toNs: number, who: string): void {
  let at = fromNs;
  for (const slice of slices) {
    expect(slice.fromNs, `${who} has a gap or an overlap`).toBe(at);
    expect(slice.toNs).toBeGreaterThanOrEqual(slice.fromNs);
    at = slice.toNs;
  }
  expect(at, `${who} does not end at its end`).toBe(toNs);
}

function expectNoOverlap(intervals: readonly Interval[], who: string): void {
  let at = Number.NEGATIVE_INFINITY;
  for (const { fromNs, toNs } of intervals) {
    expect(fromNs, `${who} overlaps`).toBeGreaterThanOrEqual(at);
    expect(toNs).toBeGreaterThanOrEqual(fromNs);
    at = toNs;
  }
}

/** What runs on a CPU by the CPUs' lanes is what runs there by the threads'. */
function expectOneCpuEach({ cpus, threads }: Picture): void {
  const byCpus = cpus.flatMap(({ cpu, slices }) =>
    slices.filter(({ tid }) => tid !== 'other').map(({ fromNs, toNs, tid }) => [tid, cpu, fromNs, toNs]),
  );
  const byThreads = threads.flatMap(({ tid, slices }) =>
    slices.filter(isRunning).map(({ cpu, fromNs, toNs }) => [tid, cpu, fromNs, toNs]),
  );
  expect(byThreads.map(String).sort()).toEqual(byCpus.map(String).sort());
}

function expectWithoutCpu({ threads, tasks }: Picture): void {
  for (const { slices } of tasks) {
    for (const poll of slices) {
      const without = poll.withoutCpu ?? [];
      expectNoOverlap(without, 'without a CPU');
      for (const { fromNs, toNs } of without) {
        expect(poll.state).toBe('polled');
        expect(fromNs).toBeGreaterThanOrEqual(poll.fromNs);
        expect(toNs).toBeLessThanOrEqual(poll.toNs);
        expect(threads.some((thread) => sum(within(thread.slices, fromNs, toNs)) === toNs - fromNs)).toBe(
          true,
        );
      }
    }
  }
}

/** A task is polled on one thread in every true recording; where it is not, its lane does not say which poll was where. */
function expectOnePollEach({ tasks, threads }: Picture, { events }: TraceRun): void {
  const polledOn = new Map<string, Set<number>>();
  for (const event of events) {
    if (event.k === 'poll')
      polledOn.set(event.task, (polledOn.get(event.task) ?? new Set()).add(event.thread));
  }
  for (const { thread, name } of threads) {
    const polls = tasks
      .filter((task) => task.thread === thread && polledOn.get(task.task)?.size === 1)
      .flatMap(({ slices }) => slices.filter(({ state }) => state === 'polled'))
      .sort((one, other) => one.fromNs - other.fromNs || one.toNs - other.toNs);
    expectNoOverlap(polls, name);
  }
}

function within(slices: readonly ThreadSlice[], fromNs: number, toNs: number): Interval[] {
  return slices
    .filter((slice) => !isRunning(slice))
    .map((slice) => ({ fromNs: Math.max(slice.fromNs, fromNs), toNs: Math.min(slice.toNs, toNs) }))
    .filter((slice) => slice.toNs > slice.fromNs);
}

function isRunning({ state }: ThreadSlice): boolean {
  return state === 'running';
}

function sum(intervals: readonly Interval[]): number {
  return intervals.reduce((ns, { fromNs, toNs }) => ns + toNs - fromNs, 0);
}
