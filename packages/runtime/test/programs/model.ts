import type { Program, Step } from './program.js';

/** What a program must do. */
export interface Foretold {
  readonly lines: readonly string[];
  readonly ends: ReadonlyMap<string, string>;
}

interface Actor {
  readonly name: string;
  readonly program: Program;
  readonly children: Actor[];
  readonly joiners: Actor[];
  at: number;
  /** What it was in when it suspended; done once it is told that it may go on. */
  waited: Step | undefined;
  phase: 'new' | 'steps' | 'cleanup' | 'over';
  end: string;
  asked: boolean;
  told: boolean;
  wokenAt: { readonly ms: number; readonly serial: number } | undefined;
  inQueue: boolean;
}

/**
 * Says what a program of generator tasks does on heddle, by rules of its own: a queue, a slot for who was just
 * woken, a list of sleepers, and what an abort means at each point. Nothing in it is shared with heddle.
 */
export function foretell(program: Program, slotRuns: number): Foretold {
  const lines: string[] = [];
  const actors: Actor[] = [];
  const queue: Actor[] = [];
  let slot: Actor | undefined;
  let slotUses = 0;
  let polling = false;
  let nowMs = 0;
  let serial = 0;

  const note = ({ name }: Actor, what: string) => lines.push(`${name} ${what}`);

  const begin = (name: string, child: Program): Actor => {
    const actor: Actor = {
      name,
      program: child,
      children: [],
      joiners: [],
      at: 0,
      waited: undefined,
      phase: 'new',
      end: name,
      asked: false,
      told: false,
      wokenAt: undefined,
      inQueue: true,
    };
    actors.push(actor);
    queue.push(actor);
    return actor;
  };

  const wake = (actor: Actor) => {
    actor.wokenAt = undefined;
    if (actor.inQueue || actor.phase === 'over') return;
    actor.inQueue = true;
    if (!polling || slotRuns === 0) {
      queue.push(actor);
      return;
    }
    if (slot !== undefined) queue.push(slot);
    slot = actor;
  };

  const settle = (actor: Actor, end: string) => {
    actor.phase = 'over';
    actor.end = end;
    actor.wokenAt = undefined;
    for (const joiner of actor.joiners) wake(joiner);
  };

  const sleepFor = (actor: Actor, ms: number) => {
    serial += 1;
    actor.wokenAt = { ms: nowMs + ms, serial };
  };

  const abort = (actor: Actor | undefined) => {
    if (actor === undefined || actor.phase === 'over' || actor.asked) return;
    actor.asked = true;
    if (actor.inQueue) return;
    for (const other of actors) {
      if (other.joiners.includes(actor)) other.joiners.splice(other.joiners.indexOf(actor), 1);
    }
    wake(actor);
  };

  /** Runs an actor until it waits or is over. */
  const run = (actor: Actor): void => {
    const { program: own, children } = actor;
    for (;;) {
      if (actor.phase === 'cleanup') {
        if (actor.waited !== undefined) note(actor, 'cleaned up');
        if (actor.waited !== undefined || own.cleanupMs === undefined) settle(actor, actor.end);
        else {
          actor.waited = { op: 'sleep', ms: own.cleanupMs };
          sleepFor(actor, own.cleanupMs);
        }
        return;
      }
      const step = own.steps[actor.at];
      if (actor.waited !== undefined) {
        note(
          actor,
          actor.waited.op === 'join' ? `joined ${pick(actor)?.name}` : `went on after ${actor.waited.op}`,
        );
        actor.waited = undefined;
        actor.at += 1;
        continue;
      }
      if (step === undefined || step.op === 'throw') {
        if (step !== undefined) actor.end = `panic ${actor.name}`;
        note(actor, 'cleans up');
        actor.phase = 'cleanup';
        continue;
      }
      if (step.op === 'spawn') children.push(begin(`${actor.name}.${children.length}`, step.child));
      else if (step.op === 'abort') abort(pick(actor));
      else if (step.op !== 'join' || children.length > 0) {
        actor.waited = step;
        const joined = step.op === 'join' ? pick(actor) : undefined;
        if (joined?.phase === 'over') continue;
        joined?.joiners.push(actor);
        if (step.op === 'sleep') sleepFor(actor, step.ms);
        if (step.op === 'yield') {
          actor.inQueue = true;
          queue.push(actor);
        }
        return;
      }
      actor.at += 1;
    }
  };

  const pick = ({ children, program: { steps }, at }: Actor): Actor | undefined => {
    const step = steps[at];
    return step !== undefined && 'which' in step ? children[step.which % children.length] : undefined;
  };

  const poll = (actor: Actor): void => {
    actor.inQueue = false;
    if (!actor.asked || actor.told) {
      if (actor.phase === 'new') {
        note(actor, 'begins');
        actor.phase = 'steps';
      }
      run(actor);
      return;
    }
    actor.told = true;
    actor.wokenAt = undefined;
    // A cleanup that was going on already is left where it waits.
    if (actor.phase !== 'steps') {
      settle(actor, 'cancelled');
      return;
    }
    actor.end = 'cancelled';
    actor.waited = undefined;
    actor.phase = 'cleanup';
    note(actor, 'cleans up');
    run(actor);
  };

  const take = (): Actor | undefined => {
    const woken = slot;
    slot = undefined;
    if (woken !== undefined && slotUses < slotRuns) {
      slotUses += 1;
      return woken;
    }
    if (woken !== undefined) queue.push(woken);
    slotUses = 0;
    return queue.shift();
  };

  begin('0', program);
  for (;;) {
    for (let actor = take(); actor !== undefined; actor = take()) {
      polling = true;
      poll(actor);
      polling = false;
    }
    const sleepers = actors.filter(({ wokenAt }) => wokenAt !== undefined);
    if (sleepers.length === 0) break;
    nowMs = Math.min(...sleepers.map(({ wokenAt }) => wokenAt?.ms ?? 0));
    const due = sleepers.filter(({ wokenAt }) => wokenAt?.ms === nowMs);
    for (const actor of due.sort((a, b) => (a.wokenAt?.serial ?? 0) - (b.wokenAt?.serial ?? 0))) wake(actor);
  }
  return { lines, ends: new Map(actors.map(({ name, end }) => [name, end])) };
}
