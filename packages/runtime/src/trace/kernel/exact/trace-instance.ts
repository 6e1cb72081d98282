import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { codeOf } from '../refused.js';

/**
 * A trace of our own inside the kernel's, beside whatever else is traced on the machine: a folder under `instances`.
 *
 * The kernel keeps it, and goes on filling it, when its owner dies, so it is named after the process that made it.
 * Who makes the next one removes those of the dead. The kernel does not remove one of which a file is open: that
 * protects it also from a process in another container, which cannot see that we live.
 */
export class TraceInstance {
  readonly #path: string;
  readonly #held: number;
  #isThere = true;

  /** Throws what the file system does; then there is none. */
  constructor(tracefs: string) {
    const instances = `${tracefs}/instances`;
    removeDead(instances);
    this.#path = `${instances}/${ownName()}`;
    mkdirSync(this.#path);
    try {
      this.#held = openSync(`${this.#path}/tracing_on`, 'r');
    } catch (error) {
      rmdirSync(this.#path);
      throw error;
    }
  }

  write(file: string, text: string): void {
    writeFileSync(`${this.#path}/${file}`, text);
  }

  append(file: string, text: string): void {
    appendFileSync(`${this.#path}/${file}`, text);
  }

  /** As latin1: a name of a thread is bytes. */
  read(file: string): string {
    return readFileSync(`${this.#path}/${file}`, 'latin1');
  }

  list(folder: string): string[] {
    return readdirSync(`${this.#path}/${folder}`);
  }

  /** Takes it from the kernel, with all that is in it. Does nothing the second time. */
  remove(): void {
    if (!this.#isThere) return;
    this.#isThere = false;
    closeSync(this.#held);
    rmdirSync(this.#path);
  }
}

/** By number and time of its start, since the kernel uses numbers again. */
function ownName(): string {
  return `heddle-${process.pid}-${startOf(process.pid)}`;
}

function removeDead(instances: string): void {
  for (const name of readdirSync(instances)) {
    const [, pid, start] = /^heddle-(\d+)-(\d+)$/.exec(name) ?? [];
    if (pid === undefined || startOf(Number(pid)) === start) continue;
    try {
      rmdirSync(`${instances}/${name}`);
    } catch (error) {
      // In use after all, somebody else's, or somebody else was faster.
      if (!['EBUSY', 'EACCES', 'EPERM', 'ENOENT'].includes(codeOf(error) ?? '')) throw error;
    }
  }
}

/** In ticks since the boot: the 22nd field. `undefined` for a process that is not there. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
