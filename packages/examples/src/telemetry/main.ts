import { sleep, spawn } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const telemetry = spawn(emitTelemetry, print);
  await doWork(print);
  (await telemetry).unwrap();
  print('back to the caller');
}

async function emitTelemetry(print: Print) {
  print('telemetry: on its way');
  await sleep(300);
  print('telemetry: delivered');
}

async function doWork(print: Print) {
  print('work: begun');
  await sleep(100);
  print('work: done');
}
