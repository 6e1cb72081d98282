import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in a process of its own: what it wrote, and how it ended. */
export async function run(source: string): Promise<{ out: string; err: string; code: unknown }> {
  const script = `import { Runtime, setPanicHook, sleep, spawn, task, yieldNow } from '@heddle/runtime';\n${source}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { out, err, code };
}
