import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A program of modules/ that runs, and what it says. */
export interface Child {
  readonly pid: number;
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** Its next line; fails when it has ended. */
  line(): Promise<string>;
  /** Is over when it is. */
  readonly ended: Promise<unknown>;
}

/** Runs a program, `under` another one such as taskset, which replaces itself by it. Killed when the test is over. */
export function run(program: string, args: readonly string[] = [], under: readonly string[] = []): Child {
  const path = fileURLToPath(new URL(`./modules/${program}`, import.meta.url));
  const [command, ...rest] = [...under, process.execPath, path, ...args] as [string, ...string[]];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    process: child,
    ended: once(child, 'exit'),
    async line() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${program} has ended`);
      return value;
    },
  };
}
