import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { lastWords } from '../measure/last-words.js';
import type { AskedRun } from './asked-run.js';
import type { Pinning } from './pinning.js';
import { BEGIN, type RunMessage } from './run-messages.js';

/** Who does not answer when its time is up never came back to its event loop, so nothing can be asked of it. */
const SILENT: RunMessage = {
  kind: 'failed',
  error: 'it had to be ended: a task on its main thread never gave way, and so nothing could be read',
};

const runProcess = new URL('./run-process.js', import.meta.url);

/** The process of one run, seen from the lab. */
export class RunClient {
  readonly #child: ChildProcess;
  readonly #ended: Promise<RunMessage>;
  /** What it said and nobody has heard: one that has hung says so when its time is up, asked or not. */
  readonly #said: RunMessage[] = [];
  #stderr = '';

  /** Starts it: it boots, and waits. An abort of the signal ends it. */
  constructor(asked: AskedRun, pinning: Pinning | undefined, signal: AbortSignal) {
    const pinned = pinning?.kind === 'pinned';
    this.#child = fork(runProcess, [JSON.stringify(asked)], {
      ...(pinned ? { execPath: pinning.command } : {}),
      execArgv: pinned ? [...pinning.args, process.execPath] : [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      signal,
      killSignal: 'SIGKILL',
    });
    this.#child.on('message', (message) => this.#said.push(message as RunMessage));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4_000);
    });
    this.#ended = new Promise((resolve) => {
      // An abort is an error to a child, and then it closes too; one that could not be started does not close.
      this.#child.on('error', (error) => resolve({ kind: 'failed', error: error.message }));
      this.#child.on('close', () => resolve({ kind: 'failed', error: this.#lastWords() }));
    });
  }

  /** The process in the kernel's eyes. `taskset` becomes it, and is not one of its own. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it says first: `failed` when it ends instead. */
  async ready(): Promise<RunMessage> {
    return Promise.race([this.#next(), this.#ended]);
  }

  /** Has it run, and gives what came of it: `failed` when it ends, or says nothing for so long. */
  async run(withinMs: number): Promise<RunMessage> {
    const said = this.#next();
    this.#child.send(BEGIN, () => {});
    const silence = new AbortController();
    const silent = delay(withinMs, SILENT, { signal: silence.signal }).catch(() => SILENT);
    try {
      return await Promise.race([said, this.#ended, silent]);
    } finally {
      silence.abort();
    }
  }

  async #next(): Promise<RunMessage> {
    if (this.#said.length === 0) await once(this.#child, 'message');
    return this.#said.shift()!;
  }

  /** Ends it, and waits until it is gone. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #lastWords(): string {
    const { exitCode, signalCode } = this.#child;
    return lastWords(this.#stderr) ?? `its process ended with ${signalCode ?? `code ${exitCode}`}`;
  }
}
