import { type AsyncLocalStorage, AsyncResource, executionAsyncResource } from 'node:async_hooks';

/**
 * The context that turns run in: the one without any `AsyncLocalStorage` store.
 *
 * A spawn has to know whether a store is active, and making an `AsyncResource` to find out costs a fifth of a
 * spawn. On Node 20 there is a cheaper way to be sure. There a store is a property of the resource that runs,
 * under a symbol which Node keeps to itself, and the resource that runs in our turns is this one. So its
 * prototype is a proxy: the first write of any new property passes through its trap, which notes the symbol,
 * and from then on a look at the noted symbols, usually none, tells whether a store is active. It also finds
 * what `enterWith` left behind in a poll, which must not reach the next task's.
 *
 * Later Nodes may keep stores elsewhere, so there nothing is ever known to be blank, and each task keeps a
 * context of its own: slower, never wrong.
 *
 * Rejected: comparing `getOwnPropertySymbols` (35 ns), and wrapping `AsyncLocalStorage.prototype`, which is
 * not ours to change.
 */
const WATCHED = Number.parseInt(process.versions.node, 10) < 22;

/** Nobody is told when a context is collected, so the collector need not track it. */
const NO_DESTROY = { requireManualDestroy: true };

/**
 * Whether what `enterWith` sets in a poll is gone when the poll is over: where stores are kept in a frame, which a
 * resource takes up when it is made (Node 24), and not in the resource that runs. There each poll of a generator
 * task that suspends makes its next context, for ten nanoseconds: whether the frame has changed is not to be seen.
 */
export const FORGETS_ENTERED: boolean = Object.getOwnPropertySymbols(
  new AsyncResource('heddle.task', NO_DESTROY),
).some(({ description }) => description === 'context_frame');

type Slots = Record<symbol, unknown>;

/** Under which a resource keeps its own ids. Told by name: a store may hold a number, as they do. */
const [ID, TRIGGER_ID] = Object.getOwnPropertySymbols(new AsyncResource('heddle.task', NO_DESTROY)).filter(
  ({ description }) => description === 'async_id_symbol' || description === 'trigger_async_id_symbol',
);

/** Where the stores of others are kept, as far as they are known. */
const stores: symbol[] = [];
/** Where ours is kept, which nobody else writes and which is put back after each use. */
let ownStore: symbol | undefined;
const blank: AsyncResource = makeBlank();
const { runInAsyncScope } = AsyncResource.prototype;

/** Runs `fn` where no store is active. */
export function runBlank(fn: () => void): void {
  runInAsyncScope.call(blank, fn);
}

/**
 * Whether it is certain that no store is active, `ours` not counted. Never, but on Node 20.
 *
 * In a poll of a task without a context, where most spawns are, two comparisons tell; elsewhere the resource
 * that runs is looked through. What is not known to be something else is taken for a store.
 */
export function isStoreless(ours: unknown): boolean {
  if (!WATCHED) return false;
  const running = executionAsyncResource();
  if (running === blank) return !holdsStore(blank);
  return !carries(running, ours);
}

/** Whether a poll that ran in the blank context left a store in it. */
export function isStained(): boolean {
  return holdsStore(blank);
}

/** Takes out whatever a poll left, and gives a context that holds it. */
export function clean(): AsyncResource {
  const kept = makeContext();
  for (const store of stores) (blank as unknown as Slots)[store] = undefined;
  return kept;
}

/**
 * Says which storage is ours. Gives the name under which a resource keeps its store; undefined where none does.
 *
 * With that `runBlankWith` does in a turn what `storage.run` does, for a third of the price, and a poll that left
 * nothing behind need not be looked at.
 */
export function ownSlot(storage: AsyncLocalStorage<unknown>): symbol | undefined {
  if (!WATCHED) return undefined;
  const mark = {};
  ownStore = storage.run(mark, () => {
    const resource = executionAsyncResource() as Slots;
    return Object.getOwnPropertySymbols(resource).find((key) => resource[key] === mark);
  });
  if (ownStore !== undefined && stores.includes(ownStore)) stores.splice(stores.indexOf(ownStore), 1);
  return ownStore;
}

/** Whether the caller runs in the blank context, with whatever was put into its slots. */
export function isBlank(): boolean {
  return executionAsyncResource() === blank;
}

/** Calls `run` in the blank context, with `held` in `slot`. */
export function runBlankWith<A, R>(slot: symbol, held: unknown, run: (arg: A) => R, arg: A): R {
  const slots = blank as unknown as Slots;
  const before = slots[slot];
  slots[slot] = held;
  try {
    return run(arg);
  } finally {
    slots[slot] = before;
  }
}

/** A context that holds the stores that are active now. */
export function makeContext(): AsyncResource {
  return new AsyncResource('heddle.task', NO_DESTROY);
}

/** Whether a context holds any store; where stores are kept elsewhere it is taken to hold one. */
export function carriesStore(context: AsyncResource): boolean {
  return !WATCHED || carries(context, undefined);
}

// Looking for what is known is a tenth of the price of looking at all there is, and a request's store is known soon.
function carries(resource: object, ours: unknown): boolean {
  if (holdsStore(resource)) return true;
  for (const key of Object.getOwnPropertySymbols(resource)) {
    if (key === ID || key === TRIGGER_ID) continue;
    const held = (resource as Slots)[key];
    if (held !== undefined && held !== ours) return true;
  }
  return false;
}

function holdsStore(resource: object): boolean {
  // Once a poll, over nothing where nobody uses a store: an iterator would be most of what it costs.
  for (let at = 0; at < stores.length; at += 1) {
    if ((resource as Slots)[stores[at] as symbol] !== undefined) return true;
  }
  return false;
}

function makeBlank(): AsyncResource {
  const resource = makeContext();
  if (!WATCHED) return resource;
  const slots = resource as unknown as Slots;
  for (const key of Object.getOwnPropertySymbols(resource)) {
    if (key === ID || key === TRIGGER_ID) continue;
    slots[key] = undefined;
    stores.push(key);
  }
  let learning = true;
  const watch = new Proxy(AsyncResource.prototype, {
    set(_prototype, key, value, receiver) {
      if (typeof key === 'symbol' && key !== ownStore) stores.push(key);
      return define(receiver, key, value);
    },
    // Node looks for a property of its own each time that it is asked which resource runs, and for its own of each
    // storage whenever a promise is made here. Once it is there, the look does not come by here any more.
    get(prototype, key, receiver) {
      if (typeof key === 'symbol' && !(key in prototype)) {
        if (!learning && key !== ownStore) stores.push(key);
        define(receiver, key, undefined);
      }
      return Reflect.get(prototype, key, receiver);
    },
  });
  Object.setPrototypeOf(resource, watch);
  AsyncResource.prototype.runInAsyncScope.call(resource, executionAsyncResource);
  learning = false;
  return resource;
}

function define(object: object, key: PropertyKey, value: unknown): boolean {
  return Reflect.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
