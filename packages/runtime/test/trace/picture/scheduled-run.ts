import type { TaskKey, TraceEvent, TraceRun } from '@heddle/runtime/trace';

/** What is drawn: a whole number from 0 on, below `below`. */
export type Draw = (below: number) => number;

interface Simulated {
  readonly tid: number;
  readonly place: number;
  cpu: number | undefined;
  asleep: boolean;
  polls: TaskKey | undefined;
  readonly ready: TaskKey[];
  readonly waiting: TaskKey[];
  tasks: number;
}

/**
 * Plays two CPUs, a few threads and the tasks of each, as a kernel and our executors would: what it gives is what a
 * recorder could have written of it, with nothing lost.
 */
export function scheduledRun(draw: Draw, steps: number): TraceRun {
  const events: TraceEvent[] = [];
  const holders: (Simulated | undefined)[] = [undefined, undefined];
  const threads: Simulated[] = [];
  let t = 0;
  const begin = (): void => {
    const place = threads.length;
    const tid = 100 + place;
    threads.push({
      tid,
      place,
      cpu: undefined,
      asleep: false,
      polls: undefined,
      ready: [],
      waiting: [],
      tasks: 0,
    });
    if (place > 0) events.push({ k: 'fork', t, tid, by: 100 });
    events.push({ k: 'thread', t, thread: place, name: `t${place}`, tid });
  };
  const run = (thread: Simulated): void => {
    const { place } = thread;
    const key = thread.polls;
    if (key === undefined) {
      const next = thread.ready.shift();
      if (next === undefined) {
        thread.tasks += 1;
        const task: TaskKey = `${place}:${thread.tasks}`;
        events.push({ k: 'spawn', t, thread: place, task });
        thread.ready.push(task);
      } else {
        thread.polls = next;
        events.push({ k: 'poll', t, thread: place, task: next, ready: thread.ready.length });
      }
      return;
    }
    switch (draw(5)) {
      case 0:
        thread.ready.push(key);
        events.push({ k: 'pend', t, thread: place, task: key, end: 'yielded' });
        break;
      case 1:
        thread.waiting.push(key);
        events.push({ k: 'pend', t, thread: place, task: key, end: 'suspended', on: 'something' });
        break;
      case 2:
        events.push({ k: 'settle', t, thread: place, task: key, end: 'value' });
        events.push({ k: 'pend', t, thread: place, task: key, end: 'settled' });
        break;
      case 3: {
        const woken = thread.waiting.shift();
        if (woken === undefined) return;
        thread.ready.push(woken);
        events.push({ k: 'wake', t, thread: place, task: woken, by: key });
        return;
      }
      case 4:
        return;
    }
    thread.polls = undefined;
  };
  begin();
  for (let step = 0; step < steps; step += 1) {
    t += 1 + draw(10);
    const cpu = draw(2);
    const holder = holders[cpu];
    const what = draw(8);
    if (what === 0 && threads.length < 5) begin();
    else if (holder === undefined) {
      const wants = threads.filter((thread) => thread.cpu === undefined && !thread.asleep);
      const next = wants[draw(wants.length + 1)];
      if (next === undefined) continue;
      next.cpu = cpu;
      holders[cpu] = next;
      events.push({ k: 'on', t, tid: next.tid, cpu });
    } else if (what === 1 || what === 2) {
      holder.asleep = what === 2;
      holder.cpu = undefined;
      holders[cpu] = undefined;
      const why = holder.asleep ? 'asleep' : 'preempted';
      events.push({ k: 'off', t, tid: holder.tid, cpu, why, by: draw(2) === 0 ? 'other' : 'idle' });
    } else if (what === 3) {
      const sleeper = threads.find(({ asleep }) => asleep);
      if (sleeper === undefined) continue;
      sleeper.asleep = false;
      events.push({ k: 'waking', t, tid: sleeper.tid, by: holder.tid });
    } else {
      run(holder);
    }
  }
  return {
    ...{ label: 'scheduled', pid: 100, level: 'exact', cpus: 2, endNs: t + 1 },
    ...{ lost: { events: 0, threads: 0, kernel: 0 }, events },
  };
}
