import { safeInspect } from '../base/safe-inspect.js';
import { writeStderr } from '../base/stderr.js';
import { fair } from '../scheduler/fair.js';
import { fifo } from '../scheduler/fifo.js';
import { guarded } from '../scheduler/guarded.js';
import { lottery } from '../scheduler/lottery.js';
import type { ListedPolicy, MeasuredNumber, Policy } from '../scheduler/policy.js';
import { priority } from '../scheduler/priority.js';
import { isStarted } from '../task/state.js';
import type { Task } from '../task/task.js';

/** The policies that come with the library. */
export type PolicyName = 'fifo' | 'priority' | 'fair' | 'lottery';

/** Makes the policy that was asked for. One of somebody else's is watched, and its first mistake told on stderr. */
export function policyOf(policy: PolicyName | Policy, random: () => number): ListedPolicy {
  switch (policy) {
    case 'fifo':
      return fifo();
    case 'priority':
      return priority();
    case 'fair':
      return fair();
    case 'lottery':
      return lottery(random);
  }
  return guarded(
    policy,
    (mistake) => {
      writeStderr(`heddle: the policy of a runtime is wrong: ${mistake}\n`);
    },
    (task) => isStarted(task as Task<unknown>),
  );
}

/** Throws a `TypeError` unless `policy` is the name of one of ours, or has what a policy has. */
export function checkPolicy(policy: unknown): void {
  if (typeof policy === 'string' && NAMES.has(policy)) return;
  const given = Object(policy) as Partial<Policy>;
  const complete =
    METHODS.every((method) => typeof given[method] === 'function') &&
    typeof given.size === 'number' &&
    typeof given.lifoSlot === 'boolean';
  if (!complete) {
    throw new TypeError(
      `Runtime: policy must be 'fifo', 'priority', 'fair', 'lottery' or a Policy, got ${safeInspect(policy, 100)}`,
    );
  }
  const { reads } = given;
  if (reads === undefined || (Array.isArray(reads) && reads.every((number) => MEASURED.has(number)))) return;
  throw new TypeError(
    `Runtime: what a policy reads must be a list of 'usedMs' and 'readySinceMs', got ${safeInspect(reads, 100)}`,
  );
}

const NAMES: ReadonlySet<string> = new Set<PolicyName>(['fifo', 'priority', 'fair', 'lottery']);
const METHODS = ['push', 'pop', 'remove'] as const;
const MEASURED: ReadonlySet<unknown> = new Set<MeasuredNumber>(['usedMs', 'readySinceMs']);
