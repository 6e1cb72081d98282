import {
  type JoinHandle,
  type Op,
  type RuntimeOptions,
  shielded,
  sleep,
  spawn as spawnChild,
  yieldNow,
} from '@heddle/runtime';
import { byHand, outcomeOf } from '../by-hand.js';
import type { Program, Step } from './program.js';

/** What a program did: what each task noted, in order, and how each ended. */
export interface Run {
  readonly lines: readonly string[];
  readonly ends: ReadonlyMap<string, string>;
  /** What is left behind when all is over. */
  readonly left: { readonly timers: number; readonly alive: number; readonly queued: number };
}

/** Runs a program on heddle, to its end. */
export async function runOnHeddle(
  program: Program,
  options: Pick<RuntimeOptions, 'policy'> = {},
): Promise<Run> {
  const { host, runtime, spawn } = byHand(options);
  const stage: Stage = { lines: [], handles: new Map() };
  const player = new Player('0', program, stage);
  stage.handles.set('0', program.form === 'async' ? spawn(asyncBody, player) : spawn(generatorBody, player));
  await host.runToEnd();
  const ends = new Map<string, string>();
  for (const [name, handle] of stage.handles) ends.set(name, await outcomeOf(handle));
  const { numAliveTasks: alive, queueDepth: queued } = runtime.metrics();
  return { lines: stage.lines, ends, left: { timers: host.pendingTimers, alive, queued } };
}

function* generatorBody(player: Player) {
  player.note('begins');
  try {
    for (const step of player.program.steps) {
      const operation = player.act(step);
      if (operation === undefined) continue;
      yield* operation;
      player.goOn(step);
    }
    return player.name;
  } finally {
    player.note('cleans up');
    const { cleanupMs } = player.program;
    if (cleanupMs !== undefined) {
      yield* sleep(cleanupMs);
      player.note('cleaned up');
    }
  }
}

async function asyncBody(player: Player) {
  player.note('begins');
  try {
    for (const step of player.program.steps) {
      const operation = player.act(step);
      if (operation === undefined) continue;
      await operation;
      player.goOn(step);
    }
    return player.name;
  } finally {
    player.note('cleans up');
    const { cleanupMs } = player.program;
    if (cleanupMs !== undefined) {
      await shielded(() => sleep(cleanupMs));
      player.note('cleaned up');
    }
  }
}

interface Stage {
  readonly lines: string[];
  readonly handles: Map<string, JoinHandle<string>>;
}

/** One task's part, in either form. */
class Player {
  readonly name: string;
  readonly program: Program;
  readonly #stage: Stage;
  readonly #children: string[] = [];

  constructor(name: string, program: Program, stage: Stage) {
    this.name = name;
    this.program = program;
    this.#stage = stage;
  }

  note(what: string): void {
    this.#stage.lines.push(`${this.name} ${what}`);
  }

  /** Does a step, and gives what it has to wait for. */
  act(step: Step): Op<unknown> | JoinHandle<string> | undefined {
    switch (step.op) {
      case 'throw':
        throw this.name;
      case 'yield':
        return yieldNow();
      case 'sleep':
        return sleep(step.ms);
      case 'spawn': {
        const name = `${this.name}.${this.#children.length}`;
        this.#children.push(name);
        const child = new Player(name, step.child, this.#stage);
        const handle =
          step.child.form === 'async' ? spawnChild(asyncBody, child) : spawnChild(generatorBody, child);
        this.#stage.handles.set(name, handle);
        return undefined;
      }
      case 'join':
        return this.#handle(step.which);
      case 'abort':
        this.#handle(step.which)?.abort();
        return undefined;
    }
  }

  /** Notes what it waited for. */
  goOn(step: Step): void {
    this.note(step.op === 'join' ? `joined ${this.#child(step.which)}` : `went on after ${step.op}`);
  }

  #child(which: number): string | undefined {
    return this.#children[which % this.#children.length];
  }

  #handle(which: number): JoinHandle<string> | undefined {
    return this.#stage.handles.get(this.#child(which) ?? '');
  }
}
