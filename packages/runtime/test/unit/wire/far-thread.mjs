// The far side of a thread, for the tests of wire/: it runs the jobs it is sent, from the sources.
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { loadJob } = await import('../../../src/wire/load-job.js');
const { encodeResult } = await import('../../../src/wire/job-result.js');
const { encodeThrown } = await import('../../../src/wire/error-codec.js');
const { registerClass } = await import('../../../src/wire/register-class.js');
const { crossesAsThrown } = await import('../../../src/wire/thrown-fields.js');
const { JoinError } = await import('../../../src/task/join-error.js');

registerClass(JoinError, 'heddle.JoinError');
crossesAsThrown(JoinError);
process.on('warning', (warning) => parentPort.postMessage({ warning: String(warning) }));

parentPort.on('message', async (message) => {
  try {
    const { fn, args } = await loadJob(message);
    const given = await fn(...args);
    const value = typeof given?.next === 'function' ? given.next().value : given;
    const result = encodeResult(value);
    if (result.ok) parentPort.postMessage({ payload: result.payload }, result.transfer);
    else parentPort.postMessage({ thrown: encodeThrown(result.error) });
  } catch (error) {
    parentPort.postMessage({ thrown: encodeThrown(error) });
  }
});
