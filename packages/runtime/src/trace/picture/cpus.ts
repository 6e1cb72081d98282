import type { CpuLane, Interval } from './picture.js';

type Holder = number | 'other';

/** Which thread has which CPU, one at a time. What takes a CPU ends what had it. */
export class Cpus {
  readonly #cpus = new Map<number, Cpu>();

  holderOf(cpu: number): Holder | undefined {
    return this.#cpus.get(cpu)?.holder;
  }

  take(cpu: number, holder: Holder, atNs: number): void {
    const taken = this.#of(cpu);
    close(taken, atNs);
    taken.holder = holder;
    taken.sinceNs = atNs;
  }

  leave(cpu: number, holder: Holder, atNs: number): void {
    const left = this.#of(cpu);
    if (left.holder === holder) close(left, atNs);
  }

  /** Gives a CPU that nobody has to `holder` for a time that is over, as far back as nobody else had it. Answers since when. */
  hadSince(cpu: number, holder: Holder, fromNs: number, toNs: number): number {
    const had = this.#of(cpu);
    if (had.holder !== undefined) return toNs;
    had.holder = holder;
    had.sinceNs = Math.max(fromNs, had.slices.at(-1)?.toNs ?? fromNs);
    const since = had.sinceNs;
    close(had, toNs);
    return since;
  }

  lanes(endNs: number): CpuLane[] {
    for (const cpu of this.#cpus.values()) close(cpu, endNs);
    return [...this.#cpus.entries()]
      .sort(([one], [other]) => one - other)
      .map(([cpu, { slices }]) => ({ cpu, slices }));
  }

  #of(cpu: number): Cpu {
    let known = this.#cpus.get(cpu);
    if (known === undefined) {
      known = { slices: [], holder: undefined, sinceNs: 0 };
      this.#cpus.set(cpu, known);
    }
    return known;
  }
}

interface Cpu {
  readonly slices: (Interval & { readonly tid: Holder })[];
  holder: Holder | undefined;
  sinceNs: number;
}

function close(cpu: Cpu, atNs: number): void {
  if (cpu.holder !== undefined && atNs > cpu.sinceNs) {
    cpu.slices.push({ fromNs: cpu.sinceNs, toNs: atNs, tid: cpu.holder });
  }
  cpu.holder = undefined;
}
