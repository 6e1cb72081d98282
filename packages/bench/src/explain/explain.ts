import type { Cell, Measured } from '../measure/cell.js';
import { overlaps, spreadOf } from '../measure/spread.js';
import { countText, factorText, listText } from './number-text.js';
import type { Reason } from './reason.js';

/** How a workload speaks of its results. */
export interface Vocabulary {
  /** What the best one did: `was fastest`. */
  readonly best: string;
  /** What the others did, around the factor: `took` … `times as long`. */
  readonly worse: readonly [before: string, after: string];
  /** Counters that may tell why, the most telling one first. */
  readonly reasons: readonly Reason[];
  /** One more fact that was counted in this run, without a full stop. */
  readonly remark?: (measured: readonly Measured[]) => string | undefined;
}

/** With two samples on either side, one order in six is chance. */
const ENOUGH = 3;

/**
 * Says in one sentence what a table shows and which counter tells why.
 *
 * It knows the numbers of this run and nothing else: turn them round and it says the opposite. A reason is
 * only given where its counter points the same way as the times do; where none does, the sentence says so.
 */
export function explain(vocabulary: Vocabulary, cells: readonly Cell[]): string {
  const measured = cells
    .filter((cell) => cell.kind === 'measured')
    .map((cell) => ({ cell, spread: spreadOf(cell.samples) }))
    .sort((a, b) => a.spread.median - b.spread.median);
  const [first, ...others] = measured;
  if (first === undefined) return 'Nothing was measured.';

  const remark = vocabulary.remark?.(measured.map(({ cell }) => cell));
  const end = remark === undefined ? '.' : `; ${remark}.`;
  if (others.length > 0 && measured.some(({ cell }) => cell.samples.length < ENOUGH)) {
    return `Too few rounds were run to compare ${listText(measured.map(({ cell }) => cell.contender))}${end}`;
  }
  const worse = others.filter(({ spread }) => !overlaps(first.spread, spread));
  const equal = others.filter(({ spread }) => overlaps(first.spread, spread));
  const name = first.cell.contender;
  const equals = listText(equal.map(({ cell }) => cell.contender));
  const slowest = worse.at(-1);
  if (slowest === undefined) {
    if (equal.length === 0) return `Only ${name} was measured${facts(vocabulary.reasons, first.cell)}${end}`;
    return `There was no difference we could measure between ${listText([name, ...equal.map(({ cell }) => cell.contender)])}: their spreads overlap${end}`;
  }
  const [before, after] = vocabulary.worse;
  const factors = worse.map(({ cell, spread }, place) => {
    const factor = factorText(spread.median / first.spread.median);
    return place === 0
      ? `${cell.contender} ${before} ${factor} ${after}`
      : `${cell.contender} ${factor} times`;
  });
  const tie = equal.length === 0 ? '' : `, with no difference we could measure to ${equals}`;
  return `${name} ${vocabulary.best}${tie}; ${listText(factors)}: ${why(vocabulary.reasons, first.cell, slowest.cell)}${end}`;
}

/** Names the first counter that points the way the times do; else admits that none does. */
function why(reasons: readonly Reason[], fast: Measured, slow: Measured): string {
  const known = reasons
    .map((reason) => ({ reason, fast: reason.read(fast), slow: reason.read(slow) }))
    .filter((one): one is Known => one.fast !== undefined && one.slow !== undefined);
  const telling = known.find(tells);
  if (telling !== undefined) return contrast(telling, fast, slow);
  const [untelling] = known;
  if (untelling === undefined) return 'no counter of this run tells why';
  const { reason } = untelling;
  if (!isSame(untelling)) return `the counters do not tell why, since ${contrast(untelling, fast, slow)}`;
  const both = `${slow.contender} and ${fast.contender} both ${reason.verb} ${countText(untelling.slow)} ${reason.counted}`;
  return reason.same === undefined
    ? `the counters do not tell why, since ${both}`
    : `${both}, so ${reason.same}`;
}

interface Known {
  readonly reason: Reason;
  readonly fast: number;
  readonly slow: number;
}

/** Counters are not exact: a tenth more is no more, and what one operation in a hundred needs makes none slow. */
const CLEARLY = { times: 1.1, more: 0.01 };

function tells({ reason, fast, slow }: Known): boolean {
  return reason.more === 'slower' ? isClearly(slow, fast) : isClearly(fast, slow);
}

function isSame({ fast, slow }: Known): boolean {
  return !isClearly(fast, slow) && !isClearly(slow, fast);
}

function isClearly(more: number, than: number): boolean {
  return more > than * CLEARLY.times && more - than > CLEARLY.more;
}

function contrast({ reason, fast, slow }: Known, fastCell: Measured, slowCell: Measured): string {
  const { verb, counted } = reason;
  const sides = [
    { name: slowCell.contender, count: slow },
    { name: fastCell.contender, count: fast },
  ];
  const [subject, other] = reason.more === 'slower' ? sides : sides.reverse();
  return `${subject?.name} ${verb} ${countText(subject?.count ?? 0)} ${counted} where ${other?.name} ${verb} ${countText(other?.count ?? 0)}`;
}

function facts(reasons: readonly Reason[], cell: Measured): string {
  const read = reasons.flatMap(({ verb, counted, read }) => {
    const count = read(cell);
    return count === undefined ? [] : [`it ${verb} ${countText(count)} ${counted}`];
  });
  return read.length === 0 ? '' : `: ${listText(read)}`;
}
