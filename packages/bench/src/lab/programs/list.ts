import type { Program } from '../program.js';
import { program as blocked } from './blocked.js';
import { program as fourJobs } from './four-jobs.js';
import { program as hog } from './hog.js';
import { program as lockConvoy } from './lock-convoy.js';
import { program as pingPong } from './ping-pong.js';
import { program as stacked } from './stacked.js';

/** Every program, in the order in which to look at them. */
export const programs: readonly Program[] = [hog, fourJobs, stacked, blocked, pingPong, lockConvoy];

export function programNamed(name: string): Program | undefined {
  return programs.find((program) => program.name === name);
}
