import { availableParallelism, cpus } from 'node:os';
import { kernelEvents } from '../ftrace/kernel-events.js';
import { parseFtrace } from '../ftrace/parse-ftrace.js';
import { threadsOf } from '../proc-threads.js';
import { codeOf, Refused } from '../refused.js';
import type { Watch, Watched } from '../watch.js';
import { allowCommand, findTracefs } from './find-tracefs.js';
import { overrun } from './overrun.js';
import { proveTrace } from './prove-trace.js';
import { TraceInstance } from './trace-instance.js';

/**
 * Has the kernel write down each switch, wake-up and migration of a process, in an instance of our own.
 *
 * Nothing is read until the end, so that nothing of ours runs meanwhile. `bufferKb` is for each CPU; when it is full
 * the oldest is written over. Throws a `Refused` where it cannot be done, and then nothing is left behind.
 */
export function watchExactly(pid: number, bufferKb: number = defaultBufferKb()): Watch {
  const tracefs = findTracefs();
  let instance: TraceInstance;
  try {
    instance = new TraceInstance(tracefs);
  } catch (error) {
    throw refusal(error, tracefs);
  }
  try {
    return new ExactWatch(instance, pid, bufferKb);
  } catch (error) {
    instance.remove();
    throw refusal(error, tracefs);
  }
}

class ExactWatch implements Watch {
  readonly level = 'exact';
  readonly #instance: TraceInstance;
  readonly #threads: ReadonlySet<number>;

  constructor(instance: TraceInstance, pid: number, bufferKb: number) {
    this.#instance = instance;
    process.once('exit', () => instance.remove());
    instance.write('trace_clock', 'mono');
    instance.write('buffer_size_kb', String(bufferKb));
    proveTrace(instance);
    // From here on a thread that one of these makes is followed too. Who was made meanwhile is in the second look.
    instance.write('options/event-fork', '1');
    const first = threadsOf(pid);
    instance.write('set_event_pid', first.join(' '));
    const second = threadsOf(pid);
    instance.append('set_event_pid', second.join(' '));
    instance.write('set_event', EVENTS.join('\n'));
    this.#threads = new Set([...first, ...second, ...threadsOf(pid)]);
  }

  look(): void {}

  finish(): Watched {
    try {
      this.#instance.write('tracing_on', '0');
      const { lost, fromNs } = overrun(this.#instance);
      const trace = parseFtrace(this.#instance.read('trace'));
      const { events, threadNames } = kernelEvents(trace.lines, this.#threads, fromNs);
      return { events, threadNames, lost: Math.max(lost, trace.lost), malformed: trace.malformed };
    } finally {
      this.#instance.remove();
    }
  }
}

/**
 * `sched_waking` and not `sched_wakeup`, which is said when the CPU of the woken has heard of it. `task_newtask` is
 * there only to tell a thread from a process: `sched_process_fork` does not say which was made.
 */
const EVENTS = [
  'sched:sched_switch',
  'sched:sched_waking',
  'sched:sched_wakeup_new',
  'sched:sched_migrate_task',
  'task:task_newtask',
  'sched:sched_process_fork',
  'sched:sched_process_exit',
];

const ALL_CPUS_KB = 64 * 1024;

/** For each CPU, so that all together hold at most 64 MB: half a million switches or more. */
function defaultBufferKb(): number {
  const count = Math.max(cpus().length, availableParallelism());
  return Math.min(Math.max(Math.floor(ALL_CPUS_KB / count), 512), 8 * 1024);
}

function refusal(error: unknown, tracefs: string): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new Refused(
        process.getuid?.() === 0
          ? `the kernel refuses root the use of ${tracefs}, as it does in a container or when it is locked down`
          : `only root may use ${tracefs}. To allow this user level exact, until the next boot: ${allowCommand(tracefs)}`,
      );
    case 'ENOMEM':
      return new Refused('the kernel has not the memory for such a buffer: pass a smaller bufferKb');
    case 'ENOENT':
    case 'EINVAL':
      return new Refused("this kernel's trace has no instances, or not all the events of its scheduler");
  }
  return error;
}
