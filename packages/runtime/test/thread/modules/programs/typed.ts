import { tasksFrom, thread } from '@heddle/runtime';

// The name that it has when it was built; here there is only typed.ts.
const tasks = tasksFrom<typeof import('../typed.js')>(new URL('../typed.js', import.meta.url));
const result = await thread.spawn(tasks.repeat, { text: 'ab', times: 2 });
console.log(result.unwrap());
