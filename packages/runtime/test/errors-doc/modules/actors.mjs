import { move } from '@heddle/runtime';

export class Desk {
  work() {
    return 1;
  }

  deep() {
    let value = null;
    for (let at = 0; at < 4_000; at += 1) value = { value };
    return value;
  }

  *rows() {
    yield 1;
  }

  goneAlready() {
    const { port1 } = new MessageChannel();
    structuredClone(port1, { transfer: [port1] });
    return move(port1);
  }
}

export const arrow = () => 1;
