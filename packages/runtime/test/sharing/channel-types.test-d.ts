import { thread } from '@heddle/runtime';
import type { ThreadReceiver, ThreadSender } from '@heddle/runtime/thread';
import { expectTypeOf } from 'vitest';

expectTypeOf(thread.channel<number>({ capacity: 1 })).toEqualTypeOf<
  [ThreadSender<number>, ThreadReceiver<number>]
>();
thread.channel({ capacity: 1 });
thread.channel<{ readonly id: number; readonly at: Date }>({ capacity: 1 });
thread.channel<ThreadSender<number>>({ capacity: 1 });

// @ts-expect-error A function cannot go through it.
thread.channel<{ onDone: () => void }>({ capacity: 1 });
// @ts-expect-error Nor a promise.
thread.channel<Promise<number>>({ capacity: 1 });

// An end crosses as an argument, nested, and as a result, and is what it was.
const [sender, receiver] = thread.channel<string>({ capacity: 1 });
thread.spawn((out) => expectTypeOf(out).toEqualTypeOf<ThreadSender<string>>(), sender);
thread.spawn(({ ends: [items] }) => expectTypeOf(items).toEqualTypeOf<ThreadReceiver<string>>(), {
  ends: [receiver] as const,
});
expectTypeOf((await thread.spawn((out) => out, sender)).unwrap()).toEqualTypeOf<ThreadSender<string>>();

// @ts-expect-error What is sent has the channel's type.
sender.send(1);
