import * as bodies from './thread-bodies.js';

/** `thread-bodies.ts` for pools whose jobs have one argument: the list of them. */
export const compute = (args: Parameters<typeof bodies.compute>): number => bodies.compute(...args);
export const ping = (args: Parameters<typeof bodies.ping>): Promise<void> => bodies.ping(...args);
export const pong = (args: Parameters<typeof bodies.pong>): Promise<void> => bodies.pong(...args);
export const tick = (args: Parameters<typeof bodies.tick>): Promise<number[]> => bodies.tick(...args);
