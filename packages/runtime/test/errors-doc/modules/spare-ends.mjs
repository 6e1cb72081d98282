import { thread } from '@heddle/runtime';

try {
  await thread.prewarm(1);
} catch (error) {
  console.log(error.message);
}
