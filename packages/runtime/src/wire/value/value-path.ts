import { safeInspect } from '../../base/safe-inspect.js';

/** One step into a value: a property, an element, or what a collection is asked for. */
export type PathStep =
  | string
  | number
  | symbol
  | { readonly call: 'get'; readonly key: unknown }
  | { readonly call: 'keys' | 'values'; readonly index: number };

/** Writes a path as an expression that reads it: `args[0].users.get("ann").onDone`. */
export function pathText(root: string, steps: readonly PathStep[]): string {
  const text = root + steps.map(stepText).join('');
  // A path that is too long to read is cut in the middle: where it begins and what it ends at matter.
  return text.length <= 400 ? text : `${text.slice(0, 200)}…${text.slice(-200)}`;
}

function stepText(step: PathStep): string {
  switch (typeof step) {
    case 'number':
      return `[${step}]`;
    case 'symbol':
      return `[${safeInspect(step, 60)}]`;
    case 'string':
      return nameText(step);
    case 'object':
      return step.call === 'get' ? `.get(${safeInspect(step.key, 60)})` : `.${step.call}()[${step.index}]`;
  }
}

function nameText(name: string): string {
  if (/^(?:0|[1-9]\d{0,15})$/.test(name)) return `[${name}]`;
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return `.${name}`;
  return `[${safeInspect(name, 60)}]`;
}
