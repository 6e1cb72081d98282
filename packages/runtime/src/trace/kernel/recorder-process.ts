import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { thrownText } from '../../base/error-text.js';
import { readEvent } from '../file/event-shapes.js';
import { objectIn } from '../file/shape.js';
import type { CountedEvent, KernelEvent } from '../trace-event.js';
import type { KernelSide } from './kernel-side.js';
import type { EndLine, ReadyLine } from './recorder-lines.js';
import type { WatchOrder } from './start-watch.js';

/**
 * This side of the process that watches (worker/kernel-main.ts). Whatever becomes of it, both promises resolve: when
 * it dies or cannot be started, the level is `process`, with the reason.
 *
 * It is there for its program and not the other way round: until `stop` it does not keep this process alive.
 */
export class RecorderProcess {
  readonly ready: Promise<Pick<KernelSide, 'level' | 'levelBecause'>>;
  readonly #side: Promise<KernelSide>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  readonly #events: (KernelEvent | CountedEvent)[] = [];
  #ready: ReadyLine | undefined;
  #end: EndLine | undefined;
  #complaint = '';

  constructor(order: WatchOrder) {
    let isReady: () => void = () => undefined;
    let hasEnded: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => (isReady = resolve));
    const ended = new Promise<void>((resolve) => (hasEnded = resolve));
    this.ready = Promise.race([ready, ended]).then(() => this.#level());
    this.#side = ended.then(() => this.#whatWasSeen());
    try {
      this.#child = spawn(process.execPath, [fileURLToPath(kernelMain()), JSON.stringify(order)], {
        stdio: ['pipe', 'pipe', 'pipe'],
        // What this program preloads is not for that one.
        env: { ...process.env, NODE_OPTIONS: '' },
      });
    } catch (error) {
      this.#complaint = thrownText(error);
      hasEnded();
      return;
    }
    this.#child.on('error', (error) => {
      this.#complaint = error.message;
      hasEnded();
    });
    this.#child.on('close', (code, signal) => {
      this.#complaint ||= signal ?? `exit code ${code}`;
      hasEnded();
    });
    // It may have ended by itself; what it had to say is on its way.
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(0, LONGEST_COMPLAINT);
    });
    eachLine(this.#child.stdout, (line) => {
      this.#hear(line);
      if (this.#ready !== undefined) isReady();
    });
    void this.ready.then(() => this.#hold(false));
  }

  /** Ends it, and gives what it has seen: the same, however often it is asked. */
  stop(): Promise<KernelSide> {
    this.#hold(true);
    this.#child?.stdin.end();
    return this.#side;
  }

  #hear(line: string): void {
    try {
      const said = objectIn(line);
      if (said.say === 'ready') this.#ready = said as unknown as ReadyLine;
      else if (said.say === 'end') this.#end = said as unknown as EndLine;
      else this.#events.push(readEvent(said) as KernelEvent | CountedEvent);
    } catch (error) {
      this.#complaint ||= thrownText(error);
    }
  }

  #level(): Pick<KernelSide, 'level' | 'levelBecause'> {
    if (this.#ready === undefined) return { level: 'process', levelBecause: this.#whyItDied() };
    const { level, because } = this.#ready;
    return { level, ...(because !== undefined && { levelBecause: because }) };
  }

  #whatWasSeen(): KernelSide {
    if (this.#ready === undefined || this.#end === undefined) {
      return { ...NOTHING_SEEN, levelBecause: this.#whyItDied() };
    }
    const { threadNames, lost, malformed, othersUsed } = this.#end;
    return { ...this.#level(), events: this.#events, threadNames, lost, malformed, othersUsed };
  }

  #whyItDied(): string {
    // Of an error that it did not catch, Node prints a stack.
    const said = /^\w*Error.*$/m.exec(this.#complaint)?.[0] ?? this.#complaint;
    return `the process that watches ended too early: ${said}`;
  }

  /** Whether this process stays alive for that one. */
  #hold(isHeld: boolean): void {
    if (this.#child === undefined) return;
    const { stdin, stdout, stderr } = this.#child;
    const streams = [stdin, stdout, stderr] as unknown as readonly Socket[];
    for (const one of [this.#child, ...streams]) {
      if (isHeld) one.ref();
      else one.unref();
    }
  }
}

/** What there is to say where nobody watched. */
export const NOTHING_SEEN: KernelSide = {
  level: 'process',
  events: [],
  threadNames: {},
  lost: 0,
  malformed: 0,
  othersUsed: undefined,
};

const LONGEST_COMPLAINT = 10_000;

/** `dist` mirrors `src`. */
const kernelMain = (): URL => new URL('../../worker/kernel-main.js', import.meta.url);

function eachLine(stream: Readable, hear: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}
