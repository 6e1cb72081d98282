import { expectTypeOf } from 'vitest';
import type { Elapsed } from '../../src/base/elapsed.js';
import type { Result } from '../../src/base/result.js';
import type { Suspension } from '../../src/base/suspension.js';
import type { LocalSpawn } from '../../src/runtime/spawn-on.js';
import type { Spawn } from '../../src/runtime/spawner.js';
import type { BranchValue } from '../../src/task/branch.js';
import { join } from '../../src/task/join.js';
import type { JoinError } from '../../src/task/join-error.js';
import type { JoinHandle } from '../../src/task/join-handle.js';
import type { Op } from '../../src/task/op.js';
import { type Selected, select } from '../../src/task/select.js';
import { type TriedError, type TriedValue, tryJoin } from '../../src/task/try-join.js';
import { when } from '../../src/task/when.js';
import { timeout } from '../../src/time/timeout.js';

/** A value of any type, so that a test can be about types alone. */
declare function a<T>(): T;
declare const spawn: Spawn;
declare const localSpawn: LocalSpawn;

type Body<T> = Generator<Suspension, T, unknown>;

// A branch gives what it waits for: a handle its result, anything else its value.
expectTypeOf<BranchValue<Op<number>>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<JoinHandle<number>>>().toEqualTypeOf<Result<number, JoinError>>();
expectTypeOf<BranchValue<Promise<number>>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<Body<number>>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<() => number>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<(signal: AbortSignal) => Promise<number>>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<() => Op<number>>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<() => Body<number>>>().toEqualTypeOf<number>();
expectTypeOf<BranchValue<Op<void>>>().toEqualTypeOf<void>();

// `join` gives a tuple in the order of its arguments, and an array for a spread of one.
expectTypeOf(join(a<Op<number>>(), a<JoinHandle<string>>(), async () => true)).toEqualTypeOf<
  Op<[number, Result<string, JoinError>, boolean]>
>();
expectTypeOf(join(...a<JoinHandle<string>[]>())).toEqualTypeOf<Op<Result<string, JoinError>[]>>();
expectTypeOf(join()).toEqualTypeOf<Op<[]>>();
// @ts-expect-error It takes arguments, never an array.
join([a<Op<number>>()]);
// @ts-expect-error A plain value is no branch.
join(5);

expectTypeOf(join.biased(a<Op<number>>(), () => 's')).toEqualTypeOf<Op<[number, string]>>();

// `tryJoin` opens results, and gives the union of their errors.
expectTypeOf<TriedValue<JoinHandle<number>>>().toEqualTypeOf<number>();
expectTypeOf<TriedValue<Op<Result<number, 'late'>>>>().toEqualTypeOf<number>();
expectTypeOf<TriedValue<Op<number>>>().toEqualTypeOf<number>();
expectTypeOf<TriedError<JoinHandle<number>>>().toEqualTypeOf<JoinError>();
expectTypeOf<TriedError<Op<Result<number, 'late'>>>>().toEqualTypeOf<'late'>();
expectTypeOf<TriedError<Op<number>>>().toEqualTypeOf<never>();
expectTypeOf(tryJoin(a<JoinHandle<number>>(), a<Op<Result<string, 'late'>>>(), () => true)).toEqualTypeOf<
  Op<Result<[number, string, boolean], JoinError | 'late'>>
>();

// `select` gives which branch won, and narrows its value by the key.
expectTypeOf<Selected<{ page: Op<string>; crawl: JoinHandle<number> }>>().toEqualTypeOf<
  | { readonly key: 'page'; readonly value: string }
  | { readonly key: 'crawl'; readonly value: Result<number, JoinError> }
>();
expectTypeOf(select({ page: a<Op<string>>(), tick: when(true, () => a<Op<void>>()) })).toEqualTypeOf<
  Op<{ readonly key: 'page'; readonly value: string } | { readonly key: 'tick'; readonly value: void }>
>();
// An `else` adds its own key.
expectTypeOf(select({ page: a<Op<string>>() }, { else: () => 5 })).toEqualTypeOf<
  Op<{ readonly key: 'page'; readonly value: string } | { readonly key: 'else'; readonly value: number }>
>();
// A branch behind a `when` may be a function, which the branch then is.
expectTypeOf(select({ page: when(true, () => async () => 'text') })).toEqualTypeOf<
  Op<{ readonly key: 'page'; readonly value: string }>
>();
// @ts-expect-error It takes an object of branches.
select([a<Op<string>>()]);

expectTypeOf(timeout(5, a<JoinHandle<number>>())).toEqualTypeOf<
  Op<Result<Result<number, JoinError>, Elapsed>>
>();

// A handle that a task function returns is joined, in every form of task function.
type Joined = JoinHandle<Result<number, JoinError>>;
expectTypeOf(spawn(() => a<JoinHandle<number>>())).toEqualTypeOf<Joined>();
expectTypeOf(spawn(async () => a<JoinHandle<number>>())).toEqualTypeOf<Joined>();
expectTypeOf(localSpawn(() => a<JoinHandle<number>>())).toEqualTypeOf<Joined>();
expectTypeOf(
  spawn(function* (): Body<JoinHandle<number>> {
    return a<JoinHandle<number>>();
  }),
).toEqualTypeOf<Joined>();
// Anything else is what it is.
expectTypeOf(spawn(() => 5)).toEqualTypeOf<JoinHandle<number>>();
expectTypeOf(spawn((n: number) => `${n}`, 5)).toEqualTypeOf<JoinHandle<string>>();
expectTypeOf(localSpawn(a<Body<Date>>())).toEqualTypeOf<JoinHandle<Date>>();
// A spawner of this thread can be used where code is generic over spawners.
expectTypeOf(localSpawn).toExtend<Spawn>();
// @ts-expect-error A missing argument is refused.
spawn((n: number) => n);
// @ts-expect-error An argument of another type is refused.
spawn((n: number) => n, 'five');

// A condition on the value narrows it.
const isText = (value: string | undefined): value is string => value !== undefined;
expectTypeOf(
  select({ text: when(true, () => a<Op<string | undefined>>(), isText), tick: a<Op<void>>() }),
).toEqualTypeOf<
  Op<{ readonly key: 'text'; readonly value: string } | { readonly key: 'tick'; readonly value: void }>
>();
