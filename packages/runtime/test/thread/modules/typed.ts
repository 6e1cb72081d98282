import { sleep } from '@heddle/runtime';

interface Job {
  readonly text: string;
  readonly times: number;
}

/** A task module with everything in it that is not JavaScript. */
export async function repeat({ text, times }: Job): Promise<string> {
  await sleep(1);
  return text.repeat(times satisfies number);
}
