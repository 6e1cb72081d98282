import { main, spawnBlocking } from '@heddle/runtime';

let left;
await main(async () => {
  left = spawnBlocking(() => new Promise((resolve) => setTimeout(resolve, 3_600_000)));
});
console.log((await left).error.message);
