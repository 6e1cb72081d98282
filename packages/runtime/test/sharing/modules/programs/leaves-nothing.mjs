import { thread } from '@heddle/runtime';

const count = () => process.report.getReport().libuv.length;

const [work, todo] = thread.channel({ capacity: 4 });
const answering = thread.spawn(async (todo) => {
  for await (const { n, answer } of todo) {
    await answer.send(n);
    // Every other one is closed by hand, the others by the end that closed before.
    if (n % 2 === 0) answer.close();
  }
}, todo);
const before = count();
for (let n = 0; n < 1_000; n += 1) {
  const [answer, answers] = thread.channel({ capacity: 1 });
  await work.send({ n, answer });
  if ((await answers.recv()) !== n) throw new Error('not mine');
  if (n % 2 === 0) await answers.recv();
  else answers.discard();
}
await new Promise((resolve) => setTimeout(resolve, 50));
const after = count();
work.close();
await answering;
console.log(JSON.stringify({ before, after, left: process.getActiveResourcesInfo() }));
