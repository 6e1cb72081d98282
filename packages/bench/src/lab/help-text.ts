import type { Program } from './program.js';

/** What `--help` prints. */
export function helpText(programs: readonly Program[]): string {
  return `Records a program under two schedulers, ours and the kernel's, and shows who decided what.

Usage: pnpm lab <program> [options]

${listText(programs)}

  --under NAMES     which runs to make, with commas between: tasks (our scheduler, one thread), threads
                    (the kernel's), pool (as many threads as CPUs, and a queue)
  --cpus N          the program gets N CPUs
  --level LEVEL     how much of the kernel's side to try for: exact (every switch; Linux, as root), counted
                    (totals of each thread; Linux), process (totals of the process); the most by default
  --limit SECONDS   when a run that has not ended is shown as it is, and ended; the start of its jobs counts;
                    30 by default
  --open            opens the page when it is written
  --out FOLDER      where to write; lab-out/<program> by default
  --from FILE       shows a recording again, from its event file; records nothing, and so works anywhere
  --list            the programs, and nothing else
  --help            this text

Writes page.html (open it in a browser), perfetto.json (drag it onto ui.perfetto.dev) and events.jsonl (what
was recorded). Ends with 0; 1 when a run could not be recorded; 2 for wrong arguments; 130 after Ctrl-C, which
shows the runs that were recorded until then.
`;
}

/** Every program with its line. */
export function listText(programs: readonly Program[]): string {
  const width = Math.max(...programs.map(({ name }) => name.length));
  return programs
    .map(({ name, title, under }) => `  ${name.padEnd(width)}  ${title} (${under.join(', ')})`)
    .join('\n');
}
