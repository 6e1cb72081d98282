import { parseFtrace } from '../ftrace/parse-ftrace.js';
import { Refused } from '../refused.js';
import type { TraceInstance } from './trace-instance.js';

/**
 * Writes a mark into the trace and finds it again. That shows at once that the kernel's trace has the form that we
 * read, the clock of `process.hrtime()`, which a container may have shifted, and our numbers of threads, which in a
 * container are others.
 */
export function proveTrace(instance: TraceInstance): void {
  const before = Number(process.hrtime.bigint());
  instance.write('trace_marker', MARK);
  const after = Number(process.hrtime.bigint());
  const mark = parseFtrace(instance.read('trace')).lines.find((line) => line.kind === 'mark');
  if (mark?.text !== MARK) throw new Refused("this kernel's trace is not written in a form that we know");
  if (mark.currentTid !== process.pid) {
    throw new Refused(
      "the kernel's trace numbers threads as the host does, and this is a container: record it from the host",
    );
  }
  // The kernel rounds to microseconds.
  if (mark.atNs < before - 1e3 || mark.atNs > after + 1e3) {
    throw new Refused("the clock of the kernel's trace is not that of this process: record it from the host");
  }
}

const MARK = 'heddle';
