import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Running {
  readonly child: ChildProcess;
  /** Resolves once stderr holds `text`. */
  readonly says: (text: string) => Promise<void>;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

// In a group of its own, as a terminal would start it.
function bench(...args: string[]): Running {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stderr.includes(text)) resolve();
      };
      child.stderr.on('data', look);
      child.on('close', () => reject(new Error(`ended without saying ${text}: ${stderr}`)));
      look();
    });
  return { child, says, ended };
}

describe('pnpm bench', () => {
  it('prints one JSON document of a tiny run', async () => {
    const { code, stdout } = await bench(
      '--quick',
      '--json',
      '--workload',
      'yield-storm',
      '--contender',
      'spawn-generator',
    ).ended;
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      format: 1,
      machine: {
        node: process.versions.node,
        cpus: expect.any(Number),
        versions: { '@heddle/runtime': expect.any(String) },
      },
      quick: true,
      interrupted: false,
      core: null,
      workloads: [
        { workload: 'yield-storm', sentence: expect.stringMatching(/^Only spawn-generator was measured: /) },
      ],
    });
    const { rounds, cells } = document.workloads[0];
    expect(cells).toHaveLength(1);
    expect(cells[0]).toMatchObject({
      kind: 'measured',
      contender: 'spawn-generator',
      operations: rounds * 200_000,
    });
    expect(cells[0].samples).toHaveLength(rounds);
    expect(cells[0].counters.polls).toBeGreaterThanOrEqual(rounds * 200_000);
    expect(code).toBe(0);
  });

  it('prints a table, and n/a with the reason', async () => {
    const { code, stdout, stderr } = await bench(
      '--quick',
      '--workload',
      'yield-storm',
      '--contender',
      'raw-worker',
    ).ended;
    expect(stdout).toMatch(/^heddle bench --quick: \d+ CPUs? /);
    expect(stdout).toMatch(/raw-worker\s+│ n\/a: a thread cannot give way/);
    expect(stdout).toContain('Nothing was measured.');
    expect(stderr).toContain('yield-storm, warm-up\n');
    expect(code).toBe(0);
  });

  it('refuses a name that it does not know', async () => {
    const { code, stdout, stderr } = await bench('--workload', 'hug').ended;
    expect(stderr).toMatch(/^bench: got --workload hug; the workloads are spawn-many, .*, core\.\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.skipIf(process.platform !== 'linux')(
    'prints what it has when it is interrupted, and leaves no process',
    async () => {
      const running = bench(
        '--quick',
        '--workload',
        'yield-storm',
        '--workload',
        'hog',
        '--contender',
        'plain-promises',
        '--contender',
        'raw-worker',
      );
      await running.says('hog, round 2 of');
      const pid = running.child.pid!;
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
        .trim()
        .split(' ')
        .map(Number);
      expect(children.length).toBeGreaterThanOrEqual(2);
      process.kill(-pid, 'SIGINT');
      const { code, stdout } = await running.ended;
      expect(stdout).toContain('Only plain-promises was measured: ');
      expect(stdout).toMatch(/^hog: .*\(\d rounds?\)$/m);
      expect(stdout).toMatch(/\nInterrupted: this is what was measured until then\.\n$/);
      expect(code).toBe(130);
      await expect.poll(() => children.filter(isAlive)).toEqual([]);
    },
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
