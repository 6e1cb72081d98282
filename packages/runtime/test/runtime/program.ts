import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';

const prelude = `
import { CancellationToken, main, Runtime, shielded, sleep, spawn, task, thread } from '@heddle/runtime';
const say = (text) => console.log(text);
`;

/** How a process ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Runs a program in a process of its own, since what is looked at is how that ends. `onLine` may send it signals. */
export function run(
  program: string,
  onLine: (line: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const args = ['--input-type=module', '--eval', prelude + program];
  const child = spawnProcess(process.execPath, args, { cwd: import.meta.dirname });
  const lines: string[] = [];
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (stdout + text).split('\n');
    stdout = parts.pop() ?? '';
    for (const line of parts) {
      lines.push(line);
      onLine(line, child);
    }
  });
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, lines, stderr }));
  });
}
