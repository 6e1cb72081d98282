import { move, registerClass, tasksFrom, thread } from '@heddle/runtime';
import { type Provocations, panicOf } from '../provocations.js';

class Point {
  readonly x = 1;
}
class Segment {
  readonly from = 1;
}

/** A call with this argument. No thread is started for what is refused. */
const refused = (argument: unknown) => () => thread.spawn((_: unknown) => 1, argument);

export const values: Provocations = {
  '‹path›: a Promise cannot cross to another thread. Await it first.': refused({ page: Promise.resolve() }),
  '‹path›: a symbol as a key cannot cross to another thread.': refused({ [Symbol('tag')]: 1 }),
  '‹path›: an accessor is not called and cannot cross to another thread.': refused({
    get total() {
      return 1;
    },
  }),
  '‹path›: an instance of ArrayBuffer cannot cross to another thread: its memory was moved away before.':
    () => {
      const memory = new ArrayBuffer(8);
      structuredClone(memory, { transfer: [memory] });
      return refused(memory)();
    },
  '‹path›: an instance of ‹class› cannot cross to another thread while ‹operation› waits on it.': () => {
    const [, receiver] = thread.channel<number>({ capacity: 1 });
    void receiver.recv().then(() => undefined);
    return refused({ receiver })();
  },
  '‹path›: an instance of ‹class› cannot cross to another thread: it has moved before.': () => {
    const [sender] = thread.channel<number>({ capacity: 1 });
    thread.spawn((_: unknown) => 1, sender);
    return refused([sender])();
  },
  '‹path›: an instance of ‹class› cannot cross to another thread unless it is moved: move(value).': () => {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    return refused({ port: port1 })();
  },
  '‹path›: an instance of ‹class› cannot cross to another thread. Send plain data, or register the class on both sides with registerClass().':
    [
      refused(new Point()),
      () => {
        registerClass(Segment, 'errors-doc.Segment');
        return refused([new Segment(), new Point()])();
      },
    ],
  '‹path›: reading this value failed.': () => {
    const rows = Array.from({ length: 100 }, (_, n) => n);
    Object.defineProperty(rows, 50, {
      get() {
        throw new Error('not now');
      },
    });
    return refused(rows)();
  },
  '‹path›: ‹thing› cannot cross to another thread.': [
    refused({ onDone: () => 1 }),
    refused(Symbol('tag')),
    refused(move(new Map([['ann', new Proxy({}, {})]]))),
    refused(tasksFrom<{ run: () => void }>(import.meta.url).run),
    refused(Object.create({ inherited: 1 })),
    () => panicOf(thread.spawn(() => ({ rows: [() => 1] }) as unknown)),
  ],
};
