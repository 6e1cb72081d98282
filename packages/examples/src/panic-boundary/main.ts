import { resumeUnwind, sleep, spawn } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const reason = new Error('the disk is on fire');
  const outer = spawn(run, print, reason);

  const result = await outer;
  const passedOn = !result.ok && result.error.isPanic() && result.error.intoPanic() === reason;
  print(
    passedOn ? 'program: run panicked too, with the very same error' : 'program: that is not what I sent',
  );
  print('program: still here');
}

async function run(print: Print, reason: Error) {
  const handle = spawn(work, reason);
  const result = await handle;
  if (result.ok) return;

  print(`run: work ended, isPanic() is ${result.error.isPanic()}, and I am not harmed`);
  const panic = result.error.tryIntoPanic();
  if (!panic.ok) return;
  print('run: I let it go on');
  resumeUnwind(panic.value);
}

async function work(reason: Error) {
  await sleep(100);
  throw reason;
}
