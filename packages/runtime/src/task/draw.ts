import { currentTask } from './current.js';

/** Draws a whole number below `count`. In a task it follows from the seed of its runtime. */
export function draw(count: number): number {
  const random = currentTask()?.owner.random?.() ?? Math.random();
  return Math.floor(random * count);
}
