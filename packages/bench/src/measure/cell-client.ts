import { type ChildProcess, fork } from 'node:child_process';
import type { Ready, Refused, Sample, Wrong } from './cell-session.js';
import { lastWords } from './last-words.js';

const cellProcess = new URL('./cell-process.js', import.meta.url);
/** Longer than any sample on a slow machine: a cell that never answers must not hold up the others. */
const ANSWER_WITHIN_MS = 40_000;

type Answer = Pick<Ready, 'kind' | 'size' | 'operations'> | Refused | Sample | Wrong;

/** The process of one cell, seen from the one that runs the rounds. It answers one question at a time. */
export class CellClient {
  readonly #child: ChildProcess;
  readonly #signal: AbortSignal;
  #stderr = '';

  private constructor(child: ChildProcess, signal: AbortSignal) {
    this.#child = child;
    this.#signal = signal;
    // An abort is an error to every child, also to one that owes no answer.
    child.on('error', () => {});
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4_000);
    });
  }

  /** Starts the process. Its first answer says whether it is ready. */
  static start(
    workload: string,
    contender: string,
    quick: boolean,
    signal: AbortSignal,
  ): { client: CellClient; opened: Promise<Answer> } {
    const child = fork(cellProcess, [workload, contender, quick ? 'quick' : 'full'], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      signal,
      killSignal: 'SIGKILL',
    });
    const client = new CellClient(child, signal);
    return { client, opened: client.#answer() };
  }

  /** Takes one sample. */
  sample(): Promise<Answer> {
    const answer = this.#answer();
    this.#child.send('sample', () => {});
    return answer;
  }

  /** Ends the process. */
  end(): void {
    this.#child.kill('SIGKILL');
  }

  #answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const child = this.#child;
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        child.off('message', answered).off('error', ended).off('close', ended);
        settle();
      };
      const answered = (message: unknown): void => done(() => resolve(message as Answer));
      const ended = (): void => {
        if (this.#signal.aborted) done(() => reject(this.#signal.reason));
        else done(() => resolve({ kind: 'failed', error: this.#lastWords() }));
      };
      const timer = setTimeout(() => {
        this.end();
        done(() => resolve({ kind: 'failed', error: `no answer within ${ANSWER_WITHIN_MS / 1_000} s` }));
      }, ANSWER_WITHIN_MS);
      child.on('message', answered).on('error', ended).on('close', ended);
    });
  }

  #lastWords(): string {
    const { exitCode, signalCode } = this.#child;
    return (
      lastWords(this.#stderr) ?? `the process ended with ${signalCode ?? `code ${exitCode}`} and no answer`
    );
  }
}
