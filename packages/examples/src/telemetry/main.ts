import { sleep, spawn } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print): Promise<void> {
  const telemetry = spawn(emitTelemetry, print);
  await doWork(print);
  (await telemetry).unwrap();
  print('back to the caller');
}

async function emitTelemetry(print: Print): Promise<void> {
  print('telemetry: on its way');
  await sleep(300);
  print('telemetry: delivered');
}

async function doWork(print: Print): Promise<void> {
  print('work: begun');
  await sleep(100);
  print('work: done');
}
