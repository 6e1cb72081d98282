import { Waiter, WaiterList } from '../sync/waiter-list.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';

/**
 * Those who wait until a pool takes another job, first come first served.
 *
 * Room is not set aside for anybody, since it is a spawn that takes it, which may never come. So the next in line is
 * told when a job ends and also when the one before has had its turn: a turn of the event loop, in which it spawns
 * or does not.
 */
export class Room {
  readonly #isFull: () => boolean;
  readonly #line = new WaiterList();
  #looking = false;

  constructor(isFull: () => boolean) {
    this.#isFull = isFull;
  }

  /** Waits until there is room. */
  wait(): Pollable<void> {
    return new WaitingForRoom(this);
  }

  /** There may be room. */
  look(): void {
    const { first } = this.#line;
    if (first !== undefined && !this.#isFull()) first.waker.wake();
  }

  /** See `Pollable`. */
  static poll(room: Room, waiter: Waiter): boolean {
    if (!waiter.inLine) room.#line.push(waiter);
    if (room.#isFull() || room.#line.first !== waiter) return false;
    Room.leave(room, waiter);
    return true;
  }

  static leave(room: Room, waiter: Waiter): void {
    if (!room.#line.remove(waiter) || room.#line.first === undefined || room.#looking) return;
    room.#looking = true;
    setImmediate(() => {
      room.#looking = false;
      room.look();
    });
  }
}

class WaitingForRoom implements Pollable<void> {
  readonly what = 'blocking.ready()';
  readonly #room: Room;
  #waiter: Waiter | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  poll(waker: Waker): undefined | Pending {
    this.#waiter ??= new Waiter(waker);
    this.#waiter.waker = waker;
    return Room.poll(this.#room, this.#waiter) ? undefined : PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) Room.leave(this.#room, this.#waiter);
    return true;
  }
}
