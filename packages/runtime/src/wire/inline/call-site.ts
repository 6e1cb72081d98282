import { findSourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where a program called one of our spawners. */
export interface CallSite {
  /** The file as a `file:` URL, `undefined` for code that is in none (`eval`, a REPL). */
  readonly file: string | undefined;
  /** Counted from 1, in the file as it runs. */
  readonly line: number;
  readonly column: number;
}

export function isSameSite(a: CallSite, b: CallSite): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

/**
 * Finds the program's own file on the stack: the first frame that is neither Node's nor this package's.
 *
 * Call sites are taken and not the text of a stack, which source maps and replaced `prepareStackTrace`s
 * rewrite as they like.
 */
export function callSite(): CallSite {
  if (assumed !== undefined) return assumed;
  // A call from the program itself is a few frames up; one through our own groups and scopes is further.
  return siteIn(stackFrames(8)) ?? siteIn(stackFrames(64)) ?? { file: undefined, line: 1, column: 1 };
}

/** Calls `run`, in which the call site is `site`: for a spawn that comes later than the call that asked for it. */
export function calledFrom<R>(site: CallSite, run: () => R): R {
  const outer = assumed;
  assumed = site;
  try {
    return run();
  } finally {
    assumed = outer;
  }
}

let assumed: CallSite | undefined;

function siteIn(frames: readonly NodeJS.CallSite[]): CallSite | undefined {
  for (const frame of frames) {
    const name = frame.getFileName();
    const file = name === null ? undefined : fileOf(name);
    if (file === undefined || file.startsWith(packageFiles())) continue;
    return { file, line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 };
  }
  return undefined;
}

/**
 * The same place in the file as it was written, where Node keeps a source map of it, as under tsx.
 *
 * A map that leads to another file is left alone: imports resolve from the file that runs.
 */
export function writtenAt(site: CallSite): CallSite {
  const { file, line, column } = site;
  const map = file === undefined ? undefined : findSourceMap(file);
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry) || entry.originalSource !== file) return site;
  return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** Where this package's compiled files are: `…/dist/`, or `…/src/` in its own tests. */
const packageFiles = (): string => {
  ours ??= new URL('../..', import.meta.url).href;
  return ours;
};
let ours: string | undefined;

function stackFrames(limit: number): readonly NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_, frames) => frames;
    Error.captureStackTrace(holder, stackFrames);
    const frames = holder.stack;
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
    return Array.isArray(frames) ? (frames as NodeJS.CallSite[]) : [];
  } catch {
    // `--frozen-intrinsics`: nothing was changed.
    return [];
  }
}

const files = new Map<string, string | undefined>();
const CACHE_ENTRIES = 256;

/** The file's URL. The names of files on a stack are few, and come back at each call. */
function fileOf(name: string): string | undefined {
  if (files.has(name)) return files.get(name);
  const file = fileUrl(name);
  if (files.size >= CACHE_ENTRIES) files.delete(files.keys().next().value as string);
  files.set(name, file);
  return file;
}

/** Module systems call files by URL, by path, and vitest by `/@fs/` and a path, or with a query behind it. */
function fileUrl(name: string): string | undefined {
  try {
    const plain = name.replace(/^\/@fs(?=\/)/, '');
    if (plain.startsWith('file:')) return pathToFileURL(fileURLToPath(new URL(plain))).href;
    if (/^(?:\/|[A-Za-z]:[\\/])/.test(plain)) return pathToFileURL(plain).href;
  } catch {
    // Some loader's own idea of a file name.
  }
  return undefined;
}
