/** A machine on which tsx is not installed: prints the message as JSON. */
import { register } from 'node:module';
import { spawn, tasksFrom } from '@heddle/runtime';

const hooks = `export const resolve = (specifier, context, next) => {
  if (specifier.startsWith('tsx/')) throw new Error('not installed');
  return next(specifier, context);
};`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { run } = tasksFrom(new URL('./typed.ts', import.meta.url));
const { cause } = (await spawn(run)).error;
console.log(JSON.stringify({ kind: cause.constructor.name, message: cause.message, code: cause.code }));
process.exit();
