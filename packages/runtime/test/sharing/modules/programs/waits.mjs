import { thread } from '@heddle/runtime';

const [sender, receiver] = thread.channel({ capacity: 1 });
thread.builder({ detached: true }).spawn(async (out) => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  await out.send('late');
}, sender);
console.log(await receiver.recv());
