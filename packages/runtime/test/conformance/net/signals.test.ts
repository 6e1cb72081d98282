import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What tokio promises of signals, row by row. Over each test stands its source. */

const program = fileURLToPath(new URL('./programs/waits-for-ctrl-c.mjs', import.meta.url));

/** Runs the program, interrupts it at each line that asks for it, and says what it printed and how it ended. */
async function interrupted() {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    for (const line of chunk.split('\n').filter((line) => line !== '')) {
      lines.push(line);
      if (line.startsWith('waiting')) child.kill('SIGINT');
    }
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { lines, code, signal };
}

// signal_ctrl_c.rs: ctrl_c
test('signals/1 ctrlC() ends when a SIGINT comes, which does not end the process then, but does when nobody waits', async () => {
  expect(await interrupted()).toEqual({
    lines: ['waiting', 'a task heard it', 'so did another', 'waiting no more: 0 listeners'],
    code: null,
    signal: 'SIGINT',
  });
});
