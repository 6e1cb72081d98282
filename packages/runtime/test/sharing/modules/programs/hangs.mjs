import { main, thread } from '@heddle/runtime';

const [sender, receiver] = thread.channel({ capacity: 1 });
await main(function* () {
  yield* receiver.recv();
  sender.close();
});
