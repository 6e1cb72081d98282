import { Semaphore } from '@heddle/runtime/sync';
import { step } from '@heddle/runtime/testing';
import type { Provocations } from '../provocations.js';

export const testing: Provocations = {
  'step.poll: ‹operation› has ended and is not polled again.': () => {
    const given = step(new Semaphore(1).acquire());
    given.poll();
    given.poll();
  },
  'step.pollReady: ‹operation› has no value yet.': () => step(new Semaphore(0).acquire()).pollReady(),
};
