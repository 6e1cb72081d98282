// What the threads of these tests run. Its types are beside it.

export function blocksOnBoth(items, back, ready) {
  const received = [];
  ready.blockingSend('ready');
  for (let n = items.blockingRecv(); n !== undefined; n = items.blockingRecv()) received.push(n);
  try {
    for (;;) back.blockingSend(1);
  } catch (error) {
    return { received, sendThrew: error.code };
  }
}

export async function endsBy(how, sender, _answers, ready) {
  await sender.send(1);
  await ready.send('ready');
  if (how === 'return') return;
  if (how === 'throw') throw new Error('on purpose');
  if (how === 'exit') process.exit(1);
  while (true);
}

export async function sendsThenEnds(how, out) {
  for (const n of [1, 2, 3]) await out.send(n);
  return end(how);
}

export async function receivesThenEnds(how, items) {
  await items.recv();
  return end(how);
}

function end(how) {
  switch (how) {
    case 'return':
      return undefined;
    case 'throw':
      throw new Error('on purpose');
    case 'exit':
      return process.exit(1);
    case 'uncaught':
      setImmediate(() => {
        throw new Error('uncaught on purpose');
      });
      return new Promise(() => {});
    case 'memory': {
      const kept = [];
      for (;;) kept.push(new Array(10_000).fill(kept.length));
    }
    case 'abort':
      return new Promise((resolve) => setTimeout(resolve, 3_600_000));
  }
}
