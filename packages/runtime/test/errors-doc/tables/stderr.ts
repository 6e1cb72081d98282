import { linesOf } from '../child.js';
import type { Provocations } from '../provocations.js';

/** Runs each program once, whoever asks first. */
const programs = new Map<string, Promise<string[]>>();

/** The first line that a program writes with these words in it, or all of them for who looks for the reason. */
const lineOf = (program: string, args: readonly string[], words: RegExp) => async (): Promise<string> => {
  const key = [program, ...args].join(' ');
  if (!programs.has(key)) programs.set(key, linesOf(program, args));
  const lines = (await programs.get(key)) ?? [];
  return lines.find((line) => words.test(line)) ?? lines.join('\n');
};

const said = (words: RegExp) => lineOf('stderr.mjs', [], words);
const stuck = (words: RegExp) => lineOf('watchdog.mjs', [], words);
const hangOf = (tasks: number, words: RegExp) => lineOf('hang.mjs', [String(tasks)], words);

export const onStderr: Provocations = {
  'heddle: task ‹id› ‹what it died of›': said(/panicked/),
  'heddle: task ‹id› ‹what it died of› (named "‹name›", spawned at ‹place›)': said(/process\.exit/),
  'heddle: blocking pool: ‹what it died of›; it had no job': said(/blocking pool/),
  'heddle: task ‹id› held the thread for ‹ms› ms in one poll': said(/held/),
  'heddle: the cleanup of a branch threw, after something else had been thrown:': said(/the cleanup/),
  'heddle: the hook ‹name› of a runtime threw:': said(/the hook onPark/),
  'heddle: the policy of a runtime is wrong: ‹mistake›': said(/policy/),
  'heddle: the panic hook threw:': said(/panic hook/),
  'heddle: a branch of task ‹id› was abandoned: it went on through 100 operations that were refused after it had lost':
    said(/had lost/),
  'heddle: a thread runs without its priority ‹n›: ‹why›': lineOf('priority.mjs', [], /priority/),
  'heddle: task ‹id› was abandoned: it had not ended ‹ms› ms after its abort, waiting on ‹what›':
    said(/abort,/),
  'heddle: task ‹id› was abandoned: it had not ended ‹ms› ms after the shutdown of its runtime':
    said(/shutdown/),
  'heddle: task ‹id› was abandoned: it went on through 100 operations that its abort had refused':
    said(/had refused/),
  'heddle: task ‹id› was abandoned: its thread had not ended 1000 ms after it was terminated':
    said(/terminated/),
  'heddle: 1 task waits, and nothing is left that could wake it:': hangOf(1, /1 task/),
  'heddle: the watchdog has ended: ‹why›': lineOf('watchdog.mjs', ['ends'], /has ended/),
  'heddle: ‹task› on thread "‹name›" has not come back from a poll for ‹ms› ms': stuck(/has not come back/),
  'heddle: ‹task› on thread "‹name›" came back after ‹ms› ms': stuck(/came back/),
  'heddle: ‹n› tasks wait, and nothing is left that could wake them:': hangOf(22, /tasks wait/),
  '  task ‹id› waits for ‹what›, since ‹ms› ms': hangOf(1, /since/),
  '  and ‹n› more': hangOf(22, /more/),
};
