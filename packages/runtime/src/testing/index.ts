export { PENDING, type Pending } from '../task/pollable.js';
export type { TraceStep } from './expect-trace/check-order.js';
export { expectTrace, type TraceExpectation } from './expect-trace/expect-trace.js';
export type { TaskExpectation } from './expect-trace/task-expectation.js';
export type { TasksExpectation } from './expect-trace/tasks-expectation.js';
export type { ThreadExpectation } from './expect-trace/thread-expectation.js';
export type { ThreadsExpectation } from './expect-trace/threads-expectation.js';
export { TraceAssertionError } from './expect-trace/trace-assertion-error.js';
export {
  type Exploration,
  type Explore,
  type ExploreOptions,
  explore,
  type Replay,
  type ReplayOptions,
} from './explore/explore.js';
export type { ExploredProgram } from './explore/run-schedule.js';
export { ScheduleError, type ScheduleFailureKind } from './explore/schedule-error.js';
export { ManualHost } from './manual-host.js';
export { type Step, step } from './step.js';
