import { type Actor, move, proxy, tasksFrom, thread } from '@heddle/runtime';
import { type Provocations, panicOf, wrong } from '../provocations.js';

interface Desk {
  work(given?: unknown): number;
  rows(): number;
  goneAlready(): unknown;
  nap(): void;
  deep(): unknown;
}

const { Desk, arrow } = tasksFrom<{ Desk: new () => Desk; arrow: () => number }>(
  new URL('../modules/actors.mjs', import.meta.url),
);

/** What comes of a call. */
const calling = (call: (desk: Actor<Desk>) => unknown) => async () => {
  await using desk = thread.actor(Desk);
  return await call(desk);
};

export const actors: Provocations = {
  'proxy: expected a function, got ‹value›': () => proxy(wrong(1)),
  'thread.actor: "‹name›" of ‹file› is a function and no class. Use thread.spawn.': () =>
    panicOf(thread.actor(wrong(arrow)).handle),
  'thread.actor: expected a class that a module exports, as a reference from tasksFrom(), got ‹value›.': [
    () => thread.actor(wrong(class Here {})),
    () => thread.builder({}).actor(wrong(undefined)),
  ],
  '‹class›.‹method›: a generator gives many values where a call gives one: take a proxy() to call with each, or return a channel instead.':
    calling(({ remote }) => remote.rows()),
  '‹class›.‹method›: the actor is stopped': calling((desk) => {
    void desk.stop();
    return desk.remote.work();
  }),
  '‹class›.‹method›: ‹what Node says›': [
    calling(({ remote }) => {
      const { port1 } = new MessageChannel();
      structuredClone(port1, { transfer: [port1] });
      return remote.work(move(port1));
    }),
    calling(({ remote }) => remote.goneAlready()),
  ],
  'an actor: what was sent cannot be read on the other thread: ‹why›. Nest it less deep.': calling(
    ({ remote }) => remote.deep(),
  ),
  '‹class› has no method "‹name›". It has ‹names›.': calling(({ remote }) => remote.nap()),
};
