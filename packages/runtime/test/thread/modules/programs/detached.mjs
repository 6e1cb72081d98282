import { thread } from '@heddle/runtime';

const forever = () => new Promise((resolve) => setTimeout(resolve, 3_600_000));
thread.builder({ detached: true }).spawn(forever);
thread.spawn(forever).detach();
process.on('exit', () => console.log('the process ended'));
