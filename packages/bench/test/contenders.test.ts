import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { contenders } from '../src/contenders/list.js';
import { xorshift } from '../src/work/xorshift.js';

const list = new URL('../dist/contenders/list.js', import.meta.url).href;

/** Asks the built contender in a process that ends with its threads. */
async function ask(name: string): Promise<unknown> {
  const program = `(async () => {
    const { contenders } = await import(${JSON.stringify(list)});
    const { contender } = await contenders[${JSON.stringify(name)}]();
    const answers = {
      runAll: await contender.runAll(3, 1000),
      giveWay: typeof contender.giveWay === 'function' ? await contender.giveWay(2, 5) : contender.giveWay,
      roundTrips: [],
      ...(await contender.tickBeside(2, 1000, 1)),
      counters: contender.counters?.() ?? {},
    };
    const conversation = await contender.converse();
    for (const count of [1, 7, 300]) answers.roundTrips.push(await conversation.roundTrips(count));
    process.stdout.write(JSON.stringify(answers), () => process.exit());
  })()`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program]);
  return JSON.parse(stdout) as unknown;
}

describe('every contender', () => {
  it.each(Object.keys(contenders))('%s does what it is asked', async (name) => {
    const kernel = !['plain-promises', 'spawn-generator', 'spawn-async'].includes(name);
    expect(await ask(name)).toEqual({
      runAll: [1, 2, 3].map((seed) => xorshift(seed, 1000)),
      giveWay: kernel ? { unable: expect.stringContaining('sched_yield') } : 10,
      roundTrips: [2, 14, 600],
      latenessMs: expect.toSatisfy((all: number[]) => all.length > 0 && all.every((ms) => ms >= 0)),
      values: [1, 2].map((seed) => xorshift(seed, 1000)),
      counters: expect.any(Object),
    });
  });
});
