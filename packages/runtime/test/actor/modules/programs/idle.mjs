import { proxy, tasksFrom, thread } from '@heddle/runtime';

// The process has nothing to do but this actor, which calls back in a while; then it is stopped.
const { Later } = tasksFrom(new URL('./later.mjs', import.meta.url));
const actor = thread.actor(
  Later,
  proxy(() => {
    console.log('called back');
    void actor.stop().then(() => console.log('stopped'));
  }),
);
process.on('exit', () => console.log('the process ended'));
