/**
 * Reads one line of the kernel's own trace, as tracefs prints it.
 *
 * The name of a thread may hold anything but a zero: spaces, brackets, `==>`, a line end. So a name is never searched
 * for: in front it has the first 16 columns, and within an event it is the at most 15 bytes between two words of the
 * format that fit on both sides. For that the text must be decoded as latin1, one character a byte. A name with a line
 * end in it breaks its line in two, and neither half is read.
 *
 * Splitting by spaces, or at the first `=>`, is what most readers of this format do, until somebody runs `npm view @x/`.
 */
export function parseFtraceLine(line: string): FtraceLine | undefined {
  const head = HEAD.exec(line);
  if (head === null) return undefined;
  const [all, tid, cpu, flags, seconds, micros, name] = head as unknown as HeadMatch;
  const event = EVENTS.get(name);
  const fields = event?.format.exec(line.slice(all.length))?.groups;
  if (event === undefined || fields === undefined) return undefined;
  return {
    atNs: Number(seconds) * 1e9 + Number(micros) * 1e3,
    cpu: Number(cpu),
    currentTid: Number(tid),
    inInterrupt: tid === '0' || IN_INTERRUPT.test(flags),
    ...event.read(fields),
  };
}

export type FtraceLine = Stamp & Happening;

interface Stamp {
  /** On the clock of the trace, in nanoseconds; printed by the kernel in whole microseconds. */
  readonly atNs: number;
  readonly cpu: number;
  /** The thread on whose CPU it happened; 0 is nobody. */
  readonly currentTid: number;
  /** Whether an interrupt did it, and not that thread. */
  readonly inInterrupt: boolean;
}

type Happening =
  /** `state` is in the kernel's letters: `R`, `R+`, `S`, `D|K`. */
  | { readonly kind: 'switch'; readonly prev: Named; readonly state: string; readonly next: Named }
  | { readonly kind: 'waking'; readonly woken: Named }
  | { readonly kind: 'migrate'; readonly moved: Named; readonly from: number; readonly to: number }
  /** The current thread makes another one, in its own process or as the first of a new one. */
  | { readonly kind: 'make'; readonly made: Named; readonly isThread: boolean }
  | { readonly kind: 'fork'; readonly parent: Named; readonly child: Named }
  | { readonly kind: 'exit'; readonly ended: Named }
  /** What a program wrote into the trace. */
  | { readonly kind: 'mark'; readonly text: string };

interface Named {
  readonly tid: number;
  /** At most 15 bytes, one character a byte. */
  readonly comm: string;
}

// 16 columns of name, its tid, perhaps its process, the CPU, four or five flags (other kernels have other ones).
const HEAD = /^.{16}-(\d+) +(?:\( *(?:\d+|-+)\) +)?\[(\d+)\] (\S{4,8}) +(\d+)\.(\d{6}): (\w+): /s;
type HeadMatch = readonly [string, string, string, string, string, string, string];

// The third flag: a hard interrupt, a soft one, one upon the other, or one that cannot be masked.
const IN_INTERRUPT = /^..[hsHzZ]/;

const CLONE_THREAD = 0x1_00_00;

type Fields = Readonly<Record<string, string | undefined>>;

interface EventFormat {
  readonly format: RegExp;
  readonly read: (fields: Fields) => Happening;
}

const first = ({ tid, comm }: Fields): Named => ({ tid: Number(tid), comm: comm ?? '' });
const second = ({ tid2, comm2 }: Fields): Named => ({ tid: Number(tid2), comm: comm2 ?? '' });

const waking: EventFormat = {
  format: /^comm=(?<comm>.{0,15}) pid=(?<tid>\d+) prio=-?\d+ (?:success=\d+ )?target_cpu=\d+$/s,
  read: (fields) => ({ kind: 'waking', woken: first(fields) }),
};

const EVENTS: ReadonlyMap<string, EventFormat> = new Map<string, EventFormat>([
  [
    'sched_switch',
    {
      format:
        /^prev_comm=(?<comm>.{0,15}) prev_pid=(?<tid>\d+) prev_prio=-?\d+ prev_state=(?<state>\S+) ==> next_comm=(?<comm2>.{0,15}) next_pid=(?<tid2>\d+) next_prio=-?\d+$/s,
      read: (fields) => ({
        kind: 'switch',
        prev: first(fields),
        state: fields.state ?? '',
        next: second(fields),
      }),
    },
  ],
  ['sched_waking', waking],
  ['sched_wakeup_new', waking],
  [
    'sched_migrate_task',
    {
      format: /^comm=(?<comm>.{0,15}) pid=(?<tid>\d+) prio=-?\d+ orig_cpu=(?<from>\d+) dest_cpu=(?<to>\d+)$/s,
      read: (fields) => ({
        kind: 'migrate',
        moved: first(fields),
        from: Number(fields.from),
        to: Number(fields.to),
      }),
    },
  ],
  [
    'task_newtask',
    {
      format: /^pid=(?<tid>\d+) comm=(?<comm>.{0,15}) clone_flags=(?<flags>[\da-f]+) oom_score_adj=-?\d+$/s,
      read: (fields) => ({
        kind: 'make',
        made: first(fields),
        isThread: (Number.parseInt(fields.flags ?? '', 16) & CLONE_THREAD) !== 0,
      }),
    },
  ],
  [
    'sched_process_fork',
    {
      format: /^comm=(?<comm>.{0,15}) pid=(?<tid>\d+) child_comm=(?<comm2>.{0,15}) child_pid=(?<tid2>\d+)$/s,
      read: (fields) => ({ kind: 'fork', parent: first(fields), child: second(fields) }),
    },
  ],
  [
    'sched_process_exit',
    {
      format: /^comm=(?<comm>.{0,15}) pid=(?<tid>\d+) prio=-?\d+(?: group_dead=\w+)?$/s,
      read: (fields) => ({ kind: 'exit', ended: first(fields) }),
    },
  ],
  [
    'tracing_mark_write',
    { format: /^(?<text>.*)$/s, read: (fields) => ({ kind: 'mark', text: fields.text ?? '' }) },
  ],
]);
