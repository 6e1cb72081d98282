import { Worker } from 'node:worker_threads';
import { afterAll } from 'vitest';
import { JoinError } from '../../../src/task/join-error.js';
import { decodeThrown } from '../../../src/wire/error-codec.js';
import { decodeResult } from '../../../src/wire/job-result.js';
import type { Payload } from '../../../src/wire/payload.js';
import { prepareJob } from '../../../src/wire/prepare-job.js';
import { registerClass } from '../../../src/wire/register-class.js';
import { crossesAsThrown } from '../../../src/wire/thrown-fields.js';

registerClass(JoinError, 'heddle.JoinError');
crossesAsThrown(JoinError);

interface Answer {
  readonly payload?: Payload;
  readonly thrown?: unknown;
  readonly warning?: string;
}

/** Warnings that the far side printed. */
export const warnings: string[] = [];

/**
 * Starts one thread for a test file. What it gives sends a function there and settles as the function does.
 *
 * `file` stands for the file that calls the spawner, which is this one otherwise.
 */
export function farSide(file?: string): (fn: unknown, ...args: readonly unknown[]) => Promise<unknown> {
  const worker = new Worker(new URL('./far-thread.mjs', import.meta.url));
  const waiting: ((answer: Answer) => void)[] = [];
  worker.on('message', (answer: Answer) => {
    if (answer.warning === undefined) waiting.shift()?.(answer);
    else warnings.push(answer.warning);
  });
  worker.on('error', (error) => waiting.shift()?.({ thrown: { kind: 'plain', value: String(error) } }));
  afterAll(() => worker.terminate());
  return async (fn, ...args) => {
    const { message, transfer } = prepareJob('thread.spawn', fn, args);
    const job = file === undefined ? message.fn : { ...message.fn, file };
    worker.postMessage({ ...message, fn: job }, [...transfer]);
    const answer = await new Promise<Answer>((settle) => waiting.push(settle));
    if (answer.payload === undefined) throw decodeThrown(answer.thrown);
    return decodeResult(answer.payload);
  };
}
