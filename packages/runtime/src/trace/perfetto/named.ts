import type { PerfettoEvent } from './perfetto-event.js';

export function processNamed(pid: number, name: string, sortIndex: number): PerfettoEvent[] {
  return [
    { ph: 'M', name: 'process_name', pid, tid: pid, args: { name } },
    { ph: 'M', name: 'process_sort_index', pid, tid: pid, args: { sort_index: sortIndex } },
  ];
}

export function threadNamed(pid: number, tid: number, name: string, sortIndex: number): PerfettoEvent[] {
  return [
    { ph: 'M', name: 'thread_name', pid, tid, args: { name } },
    { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: sortIndex } },
  ];
}
