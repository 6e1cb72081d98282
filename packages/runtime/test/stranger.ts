import { exec } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runtime = fileURLToPath(new URL('../', import.meta.url));

/** How a line ended that was called in a stranger's folder. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project outside of this repository that has the library and the tools, and nothing else. */
export class Stranger {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the project, with these files. */
  static async with(files: Iterable<readonly [string, string]>): Promise<Stranger> {
    const folder = await mkdtemp(join(tmpdir(), 'heddle-stranger-'));
    for (const scope of ['@heddle', '@types']) {
      await mkdir(join(folder, 'node_modules', scope), { recursive: true });
    }
    const link = (from: string, to: string) => symlink(from, join(folder, 'node_modules', to), 'junction');
    await link(runtime, '@heddle/runtime');
    for (const name of TOOLS) await link(join(runtime, 'node_modules', name), name);
    await link(join(runtime, '..', '..', 'node_modules', '@vitest'), '@vitest');
    const stranger = new Stranger(folder);
    await stranger.write('package.json', '{ "type": "module", "private": true }\n');
    for (const [name, text] of files) await stranger.write(name, text);
    return stranger;
  }

  async write(name: string, text: string): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }

  /** Calls one line as a shell would, with this Node as `node` and the tools on the path. */
  call(line: string): Promise<Ended> {
    const path = [dirname(process.execPath), join(runtime, 'node_modules', '.bin'), process.env.PATH];
    const { PATH: _path, NODE_OPTIONS: _options, ...rest } = process.env;
    const ofVitest = Object.keys(rest).filter((key) => /^VITEST|^TEST$|^NODE_ENV$/.test(key));
    for (const key of ofVitest) delete rest[key];
    const env = { ...rest, PATH: path.join(delimiter), NO_COLOR: '1' };
    return new Promise((resolve) => {
      exec(line, { cwd: this.folder, env, timeout: 60_000 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  async gone(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

const TOOLS = ['@types/node', 'esbuild', 'tsup', 'tsx', 'typescript', 'vite', 'vitest'];
