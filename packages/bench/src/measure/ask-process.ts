import { fork } from 'node:child_process';
import { lastWords } from './last-words.js';

/** Runs a module in a process of its own and gives the one message that it sends. Rejects when it sends none. */
export function askProcess(
  module: URL,
  args: readonly string[],
  { execArgv = [], signal }: { execArgv?: readonly string[]; signal?: AbortSignal } = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(module, args, {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }),
    });
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-4_000);
    });
    child.on('message', resolve);
    child.on('error', reject);
    child.on('close', (code) => {
      reject(new Error(lastWords(complaint) ?? `the process ended with code ${code} and said nothing`));
    });
  });
}
