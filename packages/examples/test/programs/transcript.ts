import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type PanicInfo, setPanicHook } from '@heddle/runtime';
import type { Print } from '../../src/program.js';

/** What a program must print: `transcript.txt` of its folder, in which lines for stderr begin with `! `. */
export function expectedTranscript(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../src/${name}/transcript.txt`, import.meta.url)), 'utf8');
}

/** What a program did print, and at which moment of `now`. */
export class Transcript {
  readonly lines: string[] = [];
  readonly moments: number[] = [];
  readonly print: Print;
  readonly #now: () => number;

  constructor(now: () => number = () => 0) {
    this.#now = now;
    this.print = Object.assign((line: string) => this.#add(line), {
      error: (line: string) => this.#add(`! ${line}`),
    });
  }

  /** Writes down what the default panic hook would print, for as long as `body` takes. */
  async withPanics<T>(body: () => Promise<T>): Promise<T> {
    setPanicHook(({ error }: PanicInfo) => this.#add(`! heddle: ${error.message}`));
    try {
      return await body();
    } finally {
      setPanicHook(null);
    }
  }

  /** All of it, with what differs from run to run masked: ids, ports and counts. */
  toString(): string {
    const text = this.lines.map((line) => `${line}\n`).join('');
    return text
      .replace(
        /(?<=! (heddle|error): task |^! task |^! {3}NaN: task )\d+(?= (panicked|was cancelled|crashed))/gm,
        'N',
      )
      .replace(/(?<=127\.0\.0\.1:)\d+/g, 'PORT')
      .replace(/(?<=OS thread )(\d+|\(unknown here\))/g, 'N')
      .replace(/\d+ voluntary and \d+ involuntary/g, 'N voluntary and N involuntary');
  }

  #add(line: string): void {
    this.lines.push(line);
    this.moments.push(this.#now());
  }
}
