import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where a run took place, and on what versions: numbers mean little without. */
export interface Machine {
  readonly cpu: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** How many threads wanted a CPU during the last minute. */
  readonly load: number;
  readonly os: string;
  readonly node: string;
  readonly v8: string;
  readonly versions: Readonly<Record<string, string>>;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    load: loadavg()[0] ?? 0,
    os: `${type()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    versions: {
      '@heddle/bench': versionAt(new URL('../../package.json', import.meta.url)),
      '@heddle/runtime': versionAt(new URL(import.meta.resolve('@heddle/runtime/package.json'))),
    },
  };
}

function versionAt(manifest: URL): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
