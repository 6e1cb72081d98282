/** An actor whose module uses comlink for itself, with a handler that claims everything. */
import { transferHandlers } from 'comlink';

transferHandlers.set('everything', {
  canHandle: () => true,
  serialize: (value) => [{ claimed: value }, []],
  deserialize: ({ claimed }) => claimed,
});

export class Greedy {
  greet(name) {
    return { text: `hello, ${name}`, handlers: [...transferHandlers.keys()] };
  }

  fail() {
    throw Object.assign(new RangeError('no'), { code: 'E_NO' });
  }
}
