/**
 * The values of task-locals that are set at some place, innermost first. It is never changed: who sets one more
 * puts it in front. A local is known by its name, which is the same on every thread.
 */
export interface Locals {
  readonly name: string;
  readonly value: unknown;
  /** Whether it goes with what is spawned where it is set. */
  readonly travels: boolean;
  readonly outer: Locals | undefined;
}

/** Where the local of this name was set last. */
export function findLocal(locals: Locals | undefined, name: string): Locals | undefined {
  let at = locals;
  while (at !== undefined && at.name !== name) at = at.outer;
  return at;
}

/** Those that go with a spawn: of each local that travels, the value that is seen here. */
export function travelling(locals: Locals | undefined): Locals | undefined {
  let goes: Locals | undefined;
  for (let at = locals; at !== undefined; at = at.outer) {
    if (!at.travels || findLocal(goes, at.name) !== undefined) continue;
    goes = { name: at.name, value: at.value, travels: true, outer: goes };
  }
  return goes;
}
