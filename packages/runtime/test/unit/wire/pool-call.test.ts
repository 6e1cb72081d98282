import { expect, it } from 'vitest';
import type { JobMessage } from '../../../src/wire/job.js';
import { CallReader, CallWriter } from '../../../src/wire/pool-call.js';

const job = (name: string): JobMessage => ({
  fn: { kind: 'module', url: 'file:///tasks.js', name } as JobMessage['fn'],
  args: { value: [] },
});

it('a pool calls the function that it means, however often a call may not have arrived', () => {
  const writer = new CallWriter(0);
  const reader = new CallReader();
  let taskId = 0;
  const call = (name: string) => {
    taskId += 1;
    const sent = structuredClone(writer.write(taskId, job(name), undefined, false));
    const read = reader.read(sent);
    return { job: read.job, isRead: read.taskId === taskId };
  };
  for (let count = 0; count < 300; count += 1) {
    call('a');
    call('b');
    writer.forget();
  }
  for (const name of ['a', 'b', 'a', 'b']) {
    expect(call(name)).toEqual({ job: job(name), isRead: true });
  }
});
