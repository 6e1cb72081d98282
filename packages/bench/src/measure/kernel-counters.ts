import { readdirSync, readFileSync } from 'node:fs';
import type { Counters } from './counters.js';

/**
 * What the kernel counts for this process.
 *
 * Switches come from `getrusage`, the one place that still counts threads which have ended. It also counts the
 * helpers of V8, which collect garbage and compile beside any program. Those are known: they are there before
 * the first line of JavaScript, all but the main thread. Where `/proc` shows each of them, in
 * `/proc/self/task/TID/status`, what they did is taken off, and what is left are the threads that run
 * JavaScript. Elsewhere they stay in.
 */
const helpers = threadIds().filter((id) => id !== String(process.pid));

/** Reads the counters as they are now. */
export function readKernelCounters(): Counters {
  const usage = process.resourceUsage();
  let voluntary = usage.voluntaryContextSwitches;
  let involuntary = usage.involuntaryContextSwitches;
  for (const id of helpers) {
    const switches = switchesOf(id);
    voluntary -= switches.voluntary;
    involuntary -= switches.involuntary;
  }
  const cpuMs = (usage.userCPUTime + usage.systemCPUTime) / 1_000;
  return { voluntary, involuntary, cpuMs, elapsedMs: performance.now() };
}

function switchesOf(threadId: string): { voluntary: number; involuntary: number } {
  const status = readFileSync(`/proc/self/task/${threadId}/status`, 'latin1');
  return {
    voluntary: Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0),
    involuntary: Number(/^nonvoluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0),
  };
}

function threadIds(): string[] {
  try {
    return readdirSync('/proc/self/task');
  } catch {
    return [];
  }
}
