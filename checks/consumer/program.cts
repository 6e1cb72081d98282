// CommonJS reaches the same one copy by require(esm), which Node does without a flag from 20.19 on.
import heddle = require('@heddle/runtime');

async function program(): Promise<void> {
  const handle: heddle.JoinHandle<number> = heddle.spawn(function* (): Generator<never, number> {
    return 42;
  });
  const result = await handle;
  if (!result.ok || result.value !== 42) throw new Error('spawn did not give the value');
}

heddle.main(program);
