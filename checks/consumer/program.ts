// The shape of a user's first program, compiled against the packed declarations.
import { type JoinError, type JoinHandle, main, type Result, sleep, spawn } from '@heddle/runtime';

const greet = async (name: string): Promise<string> => {
  await sleep(1);
  return `hello ${name}`;
};

const greeting: string = await main(async () => {
  const handle: JoinHandle<string> = spawn(greet, 'thread');
  const result: Result<string, JoinError> = await handle;
  return result.ok ? result.value : result.error.message;
});

if (greeting !== 'hello thread') throw new Error(`got ${greeting}`);
