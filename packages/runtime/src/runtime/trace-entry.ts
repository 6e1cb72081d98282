export type { KernelSide } from '../trace/kernel/kernel-side.js';
export { type LanesOptions, lanesOf } from '../trace/lanes/lanes-of.js';
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
