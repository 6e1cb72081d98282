import { tasksFrom, thread } from '@heddle/runtime';

const { fails } = tasksFrom(new URL('../throws.mjs', import.meta.url));
thread.spawn(fails);
