import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Why nothing of the kernel can be had here at all. */
export const noLinux: string | false = process.platform === 'linux' ? false : 'needs Linux';

/** Why the kernel's trace cannot be used by the tests here; `false` where it can. */
export const noTrace: string | false =
  noLinux !== false
    ? noLinux
    : process.getuid?.() !== 0
      ? 'needs root'
      : !existsSync('/sys/kernel/tracing/instances')
        ? 'needs tracefs: mount -t tracefs nodev /sys/kernel/tracing'
        : !works('taskset', ['-c', '0', 'true'])
          ? 'needs taskset'
          : false;

/** Why nothing can be run here as a user without rights; `false` where it can. */
export const noNobody: string | false =
  noLinux !== false
    ? noLinux
    : process.getuid?.() !== 0
      ? 'needs root, to become somebody else'
      : !works('setpriv', [...asNobody(), 'true'])
        ? 'needs setpriv'
        : !works('setpriv', [
              ...asNobody(),
              process.execPath,
              fileURLToPath(new URL('./modules/none.mjs', import.meta.url)),
            ])
          ? 'needs a checkout that every user may read'
          : false;

/** For `setpriv`: as a user who owns nothing. */
export function asNobody(): string[] {
  return ['--reuid=65534', '--regid=65534', '--clear-groups'];
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
