/** What came of one spawner at one failure. */
export type Cell = Measured | Down | None | Failed | Unmeasured;

/** The process lived on, and this is what was seen. */
export interface Measured {
  readonly kind: 'measured';
  /** Only what the failure asks of this spawner. */
  readonly findings: Findings;
}

/** The process of the caller ended, by an exception that nobody could catch. */
export interface Down {
  readonly kind: 'down';
  readonly saw: string;
}

/** The spawner has no documented way to do this, or cannot be loaded here. */
export interface None {
  readonly kind: 'none';
  readonly reason: string;
}

/** It could not be measured, which is no fault of the spawner until somebody has looked. */
export interface Failed {
  readonly kind: 'failed';
  readonly saw: string;
}

/** The run was interrupted before. */
export interface Unmeasured {
  readonly kind: 'unmeasured';
}

/** What is asked of a spawner, in the order in which it is told. */
export const ASPECTS = ['settled', 'kind', 'fields', 'stopped', 'neighbours', 'usable', 'joiner'] as const;
export type Aspect = (typeof ASPECTS)[number];
export type Findings = Readonly<Partial<Record<Aspect, Finding>>>;

export interface Finding {
  readonly held: boolean;
  /** What was seen, in a few words. */
  readonly saw: string;
}

/** The aspects that did not hold. */
export function broken(findings: Findings): readonly Aspect[] {
  return ASPECTS.filter((aspect) => findings[aspect]?.held === false);
}

/** Whether nothing was found wrong. Undefined where nothing was asked. */
export function holds(cell: Cell): boolean | undefined {
  switch (cell.kind) {
    case 'measured':
      return broken(cell.findings).length === 0;
    case 'down':
      return false;
    case 'none':
    case 'failed':
    case 'unmeasured':
      return undefined;
  }
}
