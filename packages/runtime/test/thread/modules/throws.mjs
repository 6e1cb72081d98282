/** A task function that throws where its name is to be seen in a stack. */
import { setPanicHook, spawn, tasksFrom, thread } from '@heddle/runtime';

export function fails() {
  findTheTable();
}

function findTheTable() {
  throw new Error('no table');
}

/** The error of a thread that this thread spawned, as a value. */
export async function errorOfAnother() {
  const { fails } = tasksFrom(new URL('./throws.mjs', import.meta.url));
  setPanicHook(() => undefined);
  const { error } = await thread.spawn(fails);
  return { error };
}

/** Throws that error. */
export const throwsThatOfAnother = async () => {
  const { error } = await errorOfAnother();
  throw error;
};

/** The error of a task on this thread. */
export async function errorOfATask() {
  setPanicHook(() => undefined);
  const { error } = await spawn(fails);
  return { error };
}
