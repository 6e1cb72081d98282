/** A graph of steps: from `at[i]` on there are `values[i]`, until the next. */
export interface Steps {
  readonly at: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Where a moment is drawn, and between which ends. */
export interface BarScale {
  readonly left: number;
  readonly right: number;
  place(ns: number): number;
  /** How wide the narrowest bar is: what can be told apart. */
  readonly grain: number;
}

/**
 * Visits the bars of a graph of steps, the same for the canvas and for the still picture. A step at least a grain
 * wide is a bar of its own value. Those that are narrower share bars of one grain, each as high as the highest that
 * ends within it: such a bar may reach into the next step, which is drawn from its own start all the same, so a moment
 * is seen and a long step is as high as it was.
 */
export function eachBar(
  { at, values }: Steps,
  first: number,
  { left, right, place, grain }: BarScale,
  visit: (from: number, to: number, value: number) => void,
): void {
  const startOf = (step: number) => Math.max(left, place(at[step]!));
  const endOf = (step: number) => (step + 1 < at.length ? Math.min(right, place(at[step + 1]!)) : right);
  for (let step = first; step < at.length; step++) {
    const from = startOf(step);
    if (from >= right) return;
    let to = endOf(step);
    if (to <= left) continue;
    let value = values[step]!;
    if (to - from < grain) {
      to = Math.min(right, from + grain);
      while (step + 1 < at.length && endOf(step + 1) < to) {
        step += 1;
        value = Math.max(value, values[step]!);
      }
    }
    if (value > 0) visit(from, to, value);
  }
}
