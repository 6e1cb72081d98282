import { type Actor, proxy, type Remote, tasksFrom, thread } from '@heddle/runtime';

/** What the type checker says about actors. Compiled, not run. */
const { Caller, Counter, Echo, notAClass } = tasksFrom<typeof import('./modules/actors.mjs')>(
  new URL('./modules/actors.mjs', import.meta.url),
);

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <_ extends true>(): void => undefined;

export async function takesAndGives(): Promise<void> {
  const counter = thread.actor(Counter, 1);
  yes<Same<ReturnType<typeof counter.remote.add>, Promise<number>>>();
  yes<Same<Parameters<typeof counter.remote.add>, [n: number]>>();
  const echo = thread.actor(Echo);
  yes<Same<ReturnType<typeof echo.remote.same>, Promise<unknown>>>();
  thread.actor(Counter);
  thread.builder({ name: 'c' }).actor(Counter, 2);

  // @ts-expect-error: the constructor takes a number
  thread.actor(Counter, 'one');
  // @ts-expect-error: a function is no class
  thread.actor(notAClass);
  // @ts-expect-error: the class itself cannot cross
  thread.actor(class Here {});
  // @ts-expect-error: a method's argument
  counter.remote.add('one');
  // @ts-expect-error: a field is no method
  counter.remote.step;
  // @ts-expect-error: an actor is never a promise
  echo.remote.then;
  // @ts-expect-error: a generator cannot cross
  echo.remote.many();
}

export function callbacks({
  remote,
}: Actor<InstanceType<typeof import('./modules/actors.mjs')['Caller']>>): void {
  thread.actor(Caller);
  void remote.report(1, { onProgress: proxy((done: number) => console.log(done)) });
  // @ts-expect-error: a function crosses only as proxy(fn)
  void remote.report(1, { onProgress: (done: number) => console.log(done) });
  yes<
    Same<Awaited<ReturnType<typeof remote.adder>> extends (m: number) => Promise<number> ? true : false, true>
  >();
}

interface Sends {
  take(job: { readonly onDone: () => void }): void;
  give(): WeakMap<object, string>;
}

export function namesWhatCannotCross(remote: Remote<Sends>): void {
  // @ts-expect-error: args[0].onDone: function
  remote.take({ onDone: () => undefined });
  // @ts-expect-error: result: WeakMap
  remote.give();
}
