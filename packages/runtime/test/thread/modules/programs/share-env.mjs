import { SHARE_ENV } from 'node:worker_threads';
import { thread } from '@heddle/runtime';

const handle = thread.builder({ env: SHARE_ENV }).spawn(() => {
  process.env.HEDDLE_TEST_SHARED = 'written';
});
(await handle).unwrap();
console.log(process.env.HEDDLE_TEST_SHARED);
