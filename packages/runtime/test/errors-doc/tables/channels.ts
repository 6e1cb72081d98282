import { spawn } from '@heddle/runtime';
import { broadcast, mpsc, oneshot, Semaphore, watch } from '@heddle/runtime/sync';
import { type Provocations, wrong } from '../provocations.js';

export const channels: Provocations = {
  '‹operation›: the channel is closed': [
    async () => {
      const [tx, rx] = mpsc.channel(1);
      rx.close();
      await tx.send(1);
    },
    () => {
      const [tx] = mpsc.channel(1);
      tx.close();
      return tx.clone();
    },
    () => {
      const [tx, rx] = oneshot();
      rx.close();
      tx.send(1);
    },
    async () => {
      const [tx, rx] = oneshot();
      tx.close();
      await rx.recv();
    },
    () => {
      const [tx, rx] = mpsc.unboundedChannel();
      rx.close();
      tx.send(1);
    },
    async () => {
      const [tx, rx] = mpsc.channel(1);
      rx.close();
      await tx.reserve();
    },
    async () => {
      const [tx, rx] = mpsc.channel(1);
      const permit = await tx.reserve();
      rx.discard();
      permit.send(1);
    },
    () => {
      const [tx, rx] = broadcast(1);
      rx.close();
      tx.send(1);
    },
    () => {
      const [tx] = broadcast(1);
      tx.close();
      return tx.subscribe();
    },
    () => {
      const [, rx] = broadcast(1);
      rx.close();
      return rx.resubscribe();
    },
    async () => {
      const [tx, rx] = watch(1);
      tx.close();
      await rx.changed();
    },
    () => {
      const [tx, rx] = watch(1);
      tx.close();
      return rx.hasChanged();
    },
    () => {
      const [tx] = watch(1);
      tx.close();
      return tx.sendReplace(2);
    },
  ],
  '‹operation›: the semaphore is closed': [
    async () => {
      const semaphore = new Semaphore(0);
      semaphore.close();
      await semaphore.acquire();
    },
    async () => {
      const semaphore = new Semaphore(0);
      spawn(() => semaphore.close());
      await semaphore.acquireMany(2);
    },
  ],
  '‹operation›: got a thenable, which whoever receives it would await: send { handle } instead.': [
    () => mpsc.channel<unknown>(1)[0].send(Promise.resolve()),
    () => mpsc.channel<unknown>(1)[0].trySend(spawn(() => 1)),
    () => oneshot<unknown>()[0].send(Promise.resolve()),
    () => broadcast<unknown>(1)[0].send(Promise.resolve()),
    () => watch<unknown>(Promise.resolve()),
    () => watch<unknown>(1)[0].sendModify(() => Promise.resolve()),
  ],
  '‹operation›: expected a function, got ‹value›': [
    () => watch(1)[0].sendModify(wrong(2)),
    () => watch(1)[0].sendIfModified(wrong(2)),
    () => watch(1)[1].waitFor(wrong(2)),
  ],
  '‹operation›: undefined cannot be sent: recv() gives it when the channel is closed.': [
    () => mpsc.channel<unknown>(1)[0].send(undefined),
    () => mpsc.channel<unknown>(1)[0].trySend(undefined),
  ],
  'oneshot sender.send: a value was sent before, and a oneshot carries one. Use mpsc.channel().': () => {
    const [tx] = oneshot<number>();
    tx.send(1);
    tx.send(2);
  },
  'permit.send: the permit was used or given back, and is for one message. Reserve another.': async () => {
    const [tx] = mpsc.channel(1);
    const permit = await tx.reserve();
    permit.release();
    permit.send(1);
  },
  'receiver.recv: messages written over before they were received: ‹n›': [
    async () => {
      const [tx, rx] = broadcast(1);
      tx.send(1);
      tx.send(2);
      await rx.recv();
    },
    () => {
      const [tx, rx] = broadcast(1);
      tx.send(1);
      tx.send(2);
      return rx.tryRecv();
    },
  ],
  'receiver.recvMany: buffer must be an array that can grow, got a frozen one': () =>
    mpsc.channel(1)[1].recvMany(wrong(Object.freeze([])), 1),
  'receiver.recvMany: buffer must be an array, got ‹value›': () =>
    mpsc.channel(1)[1].recvMany(wrong(new Set()), 1),
  'receiver.waitFor: the function gave a promise, which would count as true. Give it one that answers at once.':
    async () => {
      const [, rx] = watch(1);
      await rx.waitFor(wrong(async () => false));
    },
  '‹operation›: expected a ‹end›, got ‹value›': [
    () => mpsc.channel(1)[0].sameChannel(wrong({})),
    () => mpsc.unboundedChannel()[0].sameChannel(wrong({})),
    () => broadcast(1)[0].sameChannel(wrong({})),
    () => broadcast(1)[1].sameChannel(wrong(undefined)),
    () => watch(1)[0].sameChannel(wrong({})),
    () => watch(1)[1].sameChannel(wrong(null)),
  ],
  'semaphore.addPermits: ‹count› more than the ‹free› free permits are over ‹most›': () =>
    new Semaphore(1).addPermits(2 ** 31 - 1),
};
