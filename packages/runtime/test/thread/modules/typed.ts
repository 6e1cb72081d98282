import { sleep } from '@heddle/runtime';
import { times as repeated } from './times.js';

interface Job {
  readonly text: string;
  readonly times: number;
}

/** A task module with everything in it that is not JavaScript. */
export async function repeat({ text, times }: Job): Promise<string> {
  await sleep(1);
  const again: typeof import('./times.js') = await import('./times.js');
  return repeated(text, 1) + again.times(text, times - 1);
}
