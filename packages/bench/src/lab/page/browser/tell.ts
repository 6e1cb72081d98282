import { lengthText, momentText } from '../time-text.js';
import { EVENT_LOOP, IDLE, INTERRUPT, NONE, OTHER, TASK_ENDS } from '../wire/page-data.js';
import { cpuAntagonists, executorAntagonists, nameOf } from './antagonists.js';
import type { CpuRow, Row, Run, TaskRow, ThreadRow } from './model.js';
import { holding, lastUpTo, overlapping } from './spans.js';

/** What is to be said about a row at a moment of its run: who, what, since when and for how long, and why it ended. */
export function tell(run: Run, row: Row, at: number): string[] {
  switch (row.kind) {
    case 'cpu':
      return tellCpu(run, row, at);
    case 'thread':
      return tellThread(run, row, at);
    case 'task':
      return tellTask(run, row, at);
    case 'counter': {
      const place = lastUpTo(row.at, at);
      return [`${row.name}: ${place < 0 ? 0 : row.values[place]}, at most ${row.most} in this run.`];
    }
  }
}

/** What is to be said about a row as such. */
export function tellRow(run: Run, row: Row): string[] {
  const life = `From ${momentText(row.lifeFrom)} to ${momentText(row.lifeTo)}.`;
  switch (row.kind) {
    case 'cpu':
      return [`${row.name}: which of our threads the kernel let run on it.`];
    case 'thread':
      return [
        `${row.name}: an OS thread${row.detail === '' ? '' : `, which the kernel calls ${row.detail}`}.`,
        life,
      ];
    case 'task':
      return [
        `${row.name}: a task${row.thread < 0 ? '' : ` of the executor of ${nameOf(run, row.thread)}`}${row.detail === '' ? '' : `, made at ${row.detail}`}.`,
        life,
      ];
    case 'counter':
      return [`${row.name}: how many there are at each moment; at most ${row.most}.`];
  }
}

function tellCpu(run: Run, row: CpuRow, at: number): string[] {
  const place = holding(row, at);
  if (place < 0) return [`${row.name} ran none of our threads.`];
  const who = row.who[place]!;
  const stretch = stretchOf(row.from[place]!, row.to[place]!);
  return who === OTHER
    ? [`${row.name} ran another program, or several, ${stretch}.`]
    : [`${row.name} ran ${nameOf(run, who)} ${stretch}.`];
}

function tellThread(run: Run, row: ThreadRow, at: number): string[] {
  const place = holding(row, at);
  if (place < 0) return tellBand(row, at);
  const stretch = stretchOf(row.from[place]!, row.to[place]!);
  switch (row.state[place]) {
    case 0:
      return [`${row.name} was on CPU ${row.cpu[place]} ${stretch}.`, whyOff(run, row, place)];
    case 1:
      return [
        `${row.name} wanted a CPU and had none ${stretch}.`,
        row.wokenBy[place] === NONE
          ? row.why[place - 1] === 0
            ? 'The kernel had taken it away.'
            : ''
          : `Woken by ${whoWoke(run, row.wokenBy[place]!)}.`,
        ...cpuAntagonists(run, row, row.from[place]!, row.to[place]!),
      ].filter((sentence) => sentence !== '');
    default: {
      const woken = row.wokenBy[place + 1];
      return [
        `${row.name} was asleep ${stretch}.`,
        woken === undefined || woken === NONE
          ? 'Nobody woke it within the recording.'
          : `Woken by ${whoWoke(run, woken)}.`,
      ];
    }
  }
}

function whyOff(run: Run, row: ThreadRow, place: number): string {
  switch (row.why[place]) {
    case 0:
      return `Preempted: it wanted to go on, and the kernel gave the CPU to ${whoWoke(run, row.by[place]!)}.`;
    case 1:
      return 'It ended because the thread went to sleep by itself.';
    case 2:
      return 'It ended because the thread waited for a disk.';
    case 3:
      return 'It ended because the thread ended.';
    default:
      return 'It went on to the end of the recording.';
  }
}

function tellBand({ name, bands }: ThreadRow, at: number): string[] {
  const place = holding(bands, at);
  if (place < 0) return [`${name} was not alive, or the kernel’s side of it was not seen.`];
  const [ran, wanted] = [bands.running[place]! / 10, bands.runnable[place]! / 10];
  const share = (percent: number) => `${percent.toFixed(0)} %`;
  return [
    `Counted: ${stretchOf(bands.from[place]!, bands.to[place]!)}, ${name} ran ${share(ran)} of the time, wanted a CPU ${share(wanted)} and slept ${share(100 - ran - wanted)}.`,
    'In which order is not known.',
  ];
}

function tellTask(run: Run, row: TaskRow, at: number): string[] {
  const place = holding(row, at);
  if (place < 0) return [at < row.lifeFrom ? `${row.name} was not spawned yet.` : `${row.name} had ended.`];
  const [from, to] = [row.from[place]!, row.to[place]!];
  const stretch = stretchOf(from, to);
  switch (row.state[place]) {
    case 0:
      return [`${row.name} was polled ${stretch}.`, whyPollEnded(run, row, place), ...holeIn(row, from, to)];
    case 1:
      return [
        `${row.name} was ready and not polled ${stretch}.`,
        whyReady(run, row, place),
        ...executorAntagonists(run, row, from, to),
      ];
    default: {
      const what = run.words[row.on[place]!];
      const whom = row.of[place]! >= 0 ? ` ${nameOf(run, row.of[place]!)}` : '';
      const woken = row.wokenBy[place + 1];
      return [
        `${row.name} waited${what === undefined && whom === '' ? '' : ` for${what === undefined ? '' : ` ${what}`}${whom}`} ${stretch}.`,
        woken === undefined || woken === NONE ? '' : `Woken by ${whoWoke(run, woken)}.`,
      ].filter((sentence) => sentence !== '');
    }
  }
}

function whyPollEnded(run: Run, row: TaskRow, place: number): string {
  switch (row.end[place]) {
    case 0:
      return 'It ended because the task yielded: it wants to go on, and lets others go first.';
    case 1: {
      const what = run.words[row.on[place + 1] ?? NONE];
      return `It ended because the task has to wait${what === undefined ? '' : ` for ${what}`}.`;
    }
    case 2:
      return `It ended because the task did, ${ENDS[TASK_ENDS[row.settled] ?? 'value']}.`;
    case 3:
      return 'When it ended a promise of others hid: at the latest here.';
    default:
      return 'It went on to the end of the recording.';
  }
}

const ENDS = {
  value: 'with a value',
  panic: 'with a panic',
  cancelled: 'cancelled',
  crash: 'when its thread crashed',
} as const;

function whyReady(run: Run, row: TaskRow, place: number): string {
  const by = row.wokenBy[place]!;
  if (by !== NONE) return `Woken by ${whoWoke(run, by)}.`;
  if (place > 0) return 'It had yielded.';
  return row.spawnedBy >= 0 ? `Spawned by ${nameOf(run, row.spawnedBy)}.` : 'It had just been spawned.';
}

function holeIn(row: TaskRow, from: number, to: number): string[] {
  let without = 0;
  overlapping(row.holes, from, to, (_, length) => {
    without += length;
  });
  if (without === 0) return [];
  return [
    `For ${lengthText(without)} of that its thread had no CPU: the user-space scheduler cannot see this, only the row of the thread can.`,
  ];
}

export function whoWoke(run: Run, who: number): string {
  switch (who) {
    case EVENT_LOOP:
      return 'the event loop: a timer, a socket or a message';
    case OTHER:
      return 'another program, or the kernel itself';
    case INTERRUPT:
      return 'an interrupt: a timer or a device';
    case IDLE:
      return 'nobody: it was idle then';
    default:
      return nameOf(run, who);
  }
}

function stretchOf(from: number, to: number): string {
  return `for ${lengthText(to - from)}, from ${momentText(from)} to ${momentText(to)}`;
}
