import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** `node --expose-gc packages/runtime/test/soak/lives.mjs 10000000` has ten million of them, in some minutes. */
const TASKS = 200_000;

interface Mark {
  readonly spawned: number;
  readonly heapBytes: number;
}

/**
 * Of how many bytes a task may leave the heap larger. One object left of each would be sixteen at least; what the
 * engine compiles and learns on the way is less than two.
 */
const MOST_BYTES_A_TASK = 8;

test('tasks that are joined, aborted and timed out at random leave no memory, no timer and no handle', async () => {
  const program = fileURLToPath(new URL('./lives.mjs', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    program,
    String(TASKS),
  ]);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const end = lines.pop() as { readonly resources: readonly [before: unknown, after: unknown] };
  expect(stderr).toBe('');
  expect(end).toMatchObject({ alive: 0, permits: 8, isLocked: false });
  expect(end.resources[1]).toEqual(end.resources[0]);

  const marks = lines as Mark[];
  const [middle, last] = [leastOf(marks.slice(3, 6)), leastOf(marks.slice(-3))];
  const tasks = (marks.at(-1) as Mark).spawned - (marks[3] as Mark).spawned;
  expect((last - middle) / tasks).toBeLessThan(MOST_BYTES_A_TASK);
}, 300_000);

function leastOf(marks: readonly Mark[]): number {
  return Math.min(...marks.map(({ heapBytes }) => heapBytes));
}
