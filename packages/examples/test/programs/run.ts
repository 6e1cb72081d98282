import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A process that does what `pnpm example …` does. */
export class Run {
  stdout = '';
  stderr = '';
  readonly #child;
  readonly #closed: Promise<unknown>;

  constructor(...words: string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    child.stdout.on('data', (chunk) => {
      this.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.#child = child;
    this.#closed = once(child, 'close');
  }

  /** Waits until it has printed `text`, or has ended. */
  async printed(text: string): Promise<void> {
    while (!this.stdout.includes(text) && this.#child.exitCode === null) {
      await Promise.race([once(this.#child.stdout, 'data'), this.#closed]);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async exitCode(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }
}
