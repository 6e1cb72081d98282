export type { KernelSide } from '../trace/kernel/kernel-side.js';
export { type KernelOptions, type KernelRecording, recordKernel } from '../trace/kernel/record-kernel.js';
export { type LanesOptions, lanesOf } from '../trace/lanes/lanes-of.js';
export { type PerfettoOptions, perfettoText } from '../trace/perfetto/perfetto-text.js';
export { latenessOf } from '../trace/picture/lateness-of.js';
export { type LongestPoll, longestPoll, longestReady, type TaskStretch } from '../trace/picture/longest.js';
export type {
  CounterLane,
  CpuLane,
  Interval,
  Picture,
  TaskLane,
  TaskSlice,
  TaskState,
  ThreadLane,
  ThreadSlice,
  ThreadState,
} from '../trace/picture/picture.js';
export { pictureOf } from '../trace/picture/picture-of.js';
export { sliceAt } from '../trace/picture/slice-at.js';
export { type CpuHolder, whoHadCpu } from '../trace/picture/who-had-cpu.js';
export { type PolledTask, whoWasPolled } from '../trace/picture/who-was-polled.js';
export type { KernelLevel, Lost, ProcessUsage, Trace, TraceRun } from '../trace/trace.js';
export type {
  At,
  CountedEvent,
  KernelEvent,
  MarkEvent,
  OffReason,
  On,
  PollEnd,
  TaskEnd,
  TaskEvent,
  TaskKey,
  ThreadEvent,
  TraceEvent,
  Waker,
} from '../trace/trace-event.js';
export { parseTrace, traceText } from '../trace/trace-file.js';
export { traceOf } from '../trace/trace-of.js';
export type { Warning, WarningKind } from '../trace/warnings/warning.js';
export { warningsOf } from '../trace/warnings/warnings-of.js';
export { withKernel } from '../trace/with-kernel.js';
export { zeroOf } from '../trace/zero-of.js';
export { mark, type Recording, type RecordOptions, record } from './record.js';
export { type Watchdog, type WatchdogOptions, watchdog } from './watchdog.js';
