import { parentPort, workerData } from 'node:worker_threads';
import { compute, ping, pong, tick } from './thread-bodies.js';

/** A worker that runs one function of `thread-bodies.ts`, answers with its value and ends. */
const bodies = { compute, ping, pong, tick };
const { body, args } = workerData as { body: keyof typeof bodies; args: never[] };
const run = bodies[body] as (...args: never[]) => unknown;
parentPort?.postMessage(await run(...args));
