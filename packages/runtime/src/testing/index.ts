export { PENDING, type Pending } from '../task/pollable.js';
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
