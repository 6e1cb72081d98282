import { thread } from '@heddle/runtime';

// Neither the thread nor the channel is waited for.
const [sender, receiver] = thread.channel({ capacity: 1 });
thread.builder({ detached: true }).spawn(async (items) => {
  await items.recv();
}, receiver);
await sender.send(1);
console.log('the process ended');
