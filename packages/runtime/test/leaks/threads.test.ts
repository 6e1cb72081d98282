import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** `node packages/runtime/test/leaks/modules/cycles.mjs 10000` goes through more of them, in some minutes. */
const CYCLES = 120;

test.runIf(process.platform === 'linux')(
  'resources, ports and OS threads are after many spawns, aborts, actors, channels and pools what they were before',
  async () => {
    const path = fileURLToPath(new URL('./modules/cycles.mjs', import.meta.url));
    const output = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ['--expose-gc', path, String(CYCLES)], (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      );
    });
    const [before, after] = output.trim().split('\n');
    expect(after).toBe(before);
    expect(JSON.parse(after ?? '')).toMatchObject({ alive: 0 });
  },
  300_000,
);
