import type { Program } from '../program.js';

export const returns42: Program;
export const returnsNothing: Program;
export const returnsHandle: Program;
export const returnsThenable: Program;
export const throwsBoom: Program;
export const throwsUndefined: Program;
export const waits: Program;
export const waitsForGate: Program;
export const waitsInCleanup: Program;
export const returnsInCleanup: Program;
export const throwsInCleanup: Program;
export const abortsItself: Program;
export const abortsItselfAndWaits: Program;
