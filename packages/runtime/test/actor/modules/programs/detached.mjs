import { proxy, tasksFrom, thread } from '@heddle/runtime';

const { Later } = tasksFrom(new URL('./later.mjs', import.meta.url));
const actor = thread.actor(
  Later,
  proxy(() => console.log('called back')),
);
actor.remote.wait().catch(() => undefined);
actor.handle.detach();
process.on('exit', () => console.log('the process ended'));
