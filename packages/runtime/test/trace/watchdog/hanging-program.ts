import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prelude = `
import { existsSync } from 'node:fs';
import { main, sleep, spawn, spawnBlocking, task, thread, yieldNow } from '@heddle/runtime';
import { record, watchdog } from '@heddle/runtime/trace';
/** Whether the test has heard enough. */
const isOver = () => existsSync(process.argv.at(-1));
/** Computes, and blocks, until then. */
const compute = () => { while (!isOver()); };
const block = () => { while (!isOver()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500); };
`;

/** What a program wrote to stderr until it ended, and how that was. */
export interface Said {
  readonly stderr: string;
  readonly status: number | null;
}

/**
 * Runs a program that hangs in a process of its own. When it has said what `enough` matches, it is let go on, or is
 * killed where it would not: so it hangs for as long as it takes to be seen, and no longer.
 */
export function runHanging(
  program: string,
  enough: RegExp,
  then: 'goes on' | 'is killed' = 'goes on',
): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-watchdog-'));
  const flag = join(folder, 'over');
  const args = ['--input-type=module', '--eval', prelude + program, flag];
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (!enough.test(stderr)) return;
    if (then === 'is killed') child.kill('SIGKILL');
    else writeFileSync(flag, '');
  });
  return new Promise((resolve) => {
    child.on('close', (status) => {
      rmSync(folder, { recursive: true });
      resolve({ stderr, status });
    });
  });
}
