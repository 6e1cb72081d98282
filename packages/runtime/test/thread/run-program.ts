import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs one of `modules/programs` as a process of its own. */
export function run(program: string): Promise<Ended> {
  return node(`${folder}modules/programs/${program}.mjs`);
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs node beside them. */
export function node(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const folder = fileURLToPath(new URL('.', import.meta.url));
