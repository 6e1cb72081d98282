import { showExploration } from '../explored.js';
import type { Print } from '../program.js';
import * as pair from './queue.js';

/** `seeds`: in how many schedules the mended variant is looked at. */
export function* program(print: Print, seeds = '1000') {
  yield* showExploration(print, pair, Number(seeds));
}
