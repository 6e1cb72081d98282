import { accessSync, constants, existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { programNamed } from './programs/list.js';

/** Where the files of a program's recording go. A file may name any program: only one of ours is part of a path. */
export function outputFolder(out: string | undefined, program: string): string {
  return resolve(out ?? join('lab-out', programNamed(program)?.name ?? 'recording'));
}

/**
 * Says in one sentence why nothing can be written to a folder; undefined where it can. Asked before anything is
 * recorded. It makes the folder and takes it away again: the rights of those above do not tell, least of all to root.
 *
 * Each folder on the way is made by itself: Node's `recursive` tries without end below `/proc`, where a folder is
 * there and nothing can be made in it.
 */
export function unwritableSentence(folder: string): string | undefined {
  const missing: string[] = [];
  for (let here = folder; !existsSync(here); here = dirname(here)) missing.unshift(here);
  const made: string[] = [];
  try {
    for (const one of missing) {
      mkdirSync(one);
      made.unshift(one);
    }
    // What there is must be a folder: as `/.` it is refused where it is a file.
    accessSync(`${folder}/.`, constants.W_OK);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    // `EACCES: permission denied, mkdir '/there'`: the path is named once, and escaped.
    const [because] = error.message.split(',');
    return `cannot write to ${inspect(folder)}: ${because}; --out FOLDER says where to`;
  } finally {
    for (const one of made) rmdirSync(one);
  }
}
