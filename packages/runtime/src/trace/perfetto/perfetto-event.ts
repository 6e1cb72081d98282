/**
 * One event of the Chrome JSON trace format, as far as we use it. Times are microseconds with a fraction, which is
 * what the format has; Perfetto reads them to the nanosecond.
 *
 * Source: google/perfetto, `src/trace_processor/importers/json`: what is read of each phase.
 */
export type PerfettoEvent = (Named | Slice | ThreadStateSlice | Counter | Instant | FlowEnd) & Where;

interface Where {
  readonly pid: number;
  readonly tid: number;
}

/** What a process or a thread is called, and where it stands among the others. */
interface Named {
  readonly ph: 'M';
  readonly name: 'process_name' | 'thread_name' | 'process_sort_index' | 'thread_sort_index';
  readonly args: { readonly name: string } | { readonly sort_index: number };
}

export type Args = Readonly<Record<string, string | number>>;

interface Slice {
  readonly ph: 'X';
  readonly name: string;
  readonly cat: string;
  readonly ts: number;
  readonly dur: number;
  readonly args?: Args;
}

/** What the kernel did with a thread, as `thread_state` names it: since Perfetto v54. */
interface ThreadStateSlice {
  readonly ph: 'T';
  readonly name: 'Running' | 'R' | 'R+' | 'S' | 'D';
  readonly cat: 'thread_state';
  readonly ts: number;
  readonly dur: number;
  readonly args?: { readonly cpu: number };
}

interface Counter {
  readonly ph: 'C';
  readonly name: string;
  readonly ts: number;
  readonly args: Readonly<Record<string, number>>;
}

/** `s` says whether it belongs to its process or to its thread. */
interface Instant {
  readonly ph: 'i';
  readonly name: string;
  readonly cat: string;
  readonly ts: number;
  readonly s: 'p' | 't';
  readonly args?: Args;
}

/** An end of an arrow: `s` goes out of the slice around it, `f` with `bp: 'e'` into the slice around it. */
interface FlowEnd {
  readonly ph: 's' | 'f';
  readonly name: string;
  readonly cat: 'flow';
  readonly id: number;
  readonly ts: number;
  readonly bp?: 'e';
}
