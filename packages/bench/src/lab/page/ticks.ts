/** A line of the axis. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

const UNITS = [
  { name: 's', ns: 1e9 },
  { name: 'ms', ns: 1e6 },
  { name: 'µs', ns: 1e3 },
  { name: 'ns', ns: 1 },
] as const;

/** Round moments between two times, about as many as asked for, all in one unit. */
export function ticksOf(fromNs: number, toNs: number, about: number): Tick[] {
  const raw = Math.max(1, (toNs - fromNs) / Math.max(1, about));
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw) ?? raw;
  const unit =
    UNITS.find(({ ns }) => Math.max(Math.abs(fromNs), Math.abs(toNs)) >= ns && step >= ns / 1000) ?? UNITS[3];
  const decimals = Math.max(0, -Math.floor(Math.log10(step / unit.ns) + 1e-9));
  const ticks: Tick[] = [];
  for (let place = Math.ceil(fromNs / step); place * step <= toNs; place++) {
    const at = place * step;
    ticks.push({ at, text: `${(at / unit.ns).toFixed(decimals).replace('-', '−')} ${unit.name}` });
  }
  return ticks;
}
