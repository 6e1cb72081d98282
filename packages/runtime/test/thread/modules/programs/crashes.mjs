import { thread } from '@heddle/runtime';

thread.builder({ name: 'doomed' }).spawn(async () => {
  setTimeout(() => {
    throw new Error('late');
  }, 1);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
const panics = thread.spawn(() => {
  throw new Error('boom');
});
const result = await panics;
console.log(result.error.kind);
