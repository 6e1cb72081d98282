import { readFileSync } from 'node:fs';

/**
 * Which part of the machine others used: the ticks in which its CPUs were busy, less those of the process that is
 * watched and of this one, which watches. Whatever a hypervisor gave to other machines counts as used by others.
 *
 * A tick is 10 ms, so that of a short run the figure is rough.
 */
export class OthersUsed {
  readonly #pid: number;
  readonly #first: Ticks | undefined;
  #last: Ticks | undefined;

  constructor(pid: number) {
    this.#pid = pid;
    this.#first = ticksWith(pid);
    this.#last = this.#first;
  }

  /** Takes the figures of now. Those of a process that has ended are lost, so it looks now and then. */
  look(): void {
    this.#last = ticksWith(this.#pid) ?? this.#last;
  }

  /** From 0 to 1; undefined where nobody counts, or nothing was counted yet. */
  part(): number | undefined {
    const [first, last] = [this.#first, this.#last];
    if (first === undefined || last === undefined || last.all <= first.all) return undefined;
    const others = last.busy - first.busy - (last.ours - first.ours);
    return Math.min(Math.max(others / (last.all - first.all), 0), 1);
  }
}

interface Ticks {
  readonly all: number;
  readonly busy: number;
  readonly ours: number;
}

function ticksWith(pid: number): Ticks | undefined {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n');
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, stolen = 0] = line
      .split(/ +/)
      .slice(1)
      .map(Number);
    const busy = user + nice + system + irq + softirq + stolen;
    return { busy, all: busy + idle + iowait, ours: ticksOf(pid) + ticksOf('self') };
  } catch {
    return undefined;
  }
}

/** The ticks that all threads of a process have used: the 14th and 15th field, behind a name that may hold anything. */
function ticksOf(pid: number | 'self'): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
