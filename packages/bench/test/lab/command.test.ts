import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTrace } from '@heddle/runtime/trace';
import { describe, expect, it } from 'vitest';
import { unwritableSentence } from '../../src/lab/output-folder.js';
import { programs } from '../../src/lab/programs/list.js';
import { unfinishedWords } from '../../src/lab/record-program.js';
import { drawnWidth } from '../../src/lab/show-trace.js';
import { newFolder, runLab, startLab } from './run-lab.js';

describe('pnpm lab', { timeout: 60_000 }, () => {
  it('lists the programs', async () => {
    const { code, stdout } = await runLab('--list');
    for (const { name, title } of programs)
      expect(stdout).toMatch(new RegExp(`^  ${name} +${title.replace('?', '\\?')}`, 'm'));
    expect(code).toBe(0);
  });

  it('refuses what it does not know, in one line', async () => {
    const { code, stdout, stderr } = await runLab('hug');
    expect(stderr).toMatch(/^lab: got "hug"; the programs are hog, .*\.\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says in one line what is wrong with an event file', async () => {
    const folder = newFolder();
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const wrong: [string, RegExp][] = [
      [join(folder, 'none.jsonl'), /ENOENT/],
      [folder, /EISDIR/],
      [file('empty.jsonl', ''), /parseTrace: line 1: /],
      [file('no-json.jsonl', 'events?\n'), /parseTrace: line 1: /],
      [file('other.jsonl', '{"heddleTrace":2}\n'), /parseTrace: line 1: /],
      [file('escape.jsonl', '{"heddleTrace":1,"\u001b[31m":1}\n'), /parseTrace: line 1: /],
    ];
    for (const [path, problem] of wrong) {
      const { code, stdout, stderr } = await runLab('--from', path);
      expect(stderr).toMatch(problem);
      expect(stderr).toMatch(/^lab: --from '.*\n$/);
      expect(stderr).not.toContain('\u001b');
      expect([stdout, code]).toEqual(['', 2]);
    }
  });

  it.each(['a file', '/proc/x'])('says before it records that it cannot write to %s', async (where) => {
    const taken = join(newFolder(), 'taken');
    writeFileSync(taken, '');
    const out = where === 'a file' ? taken : where;
    const file = fileURLToPath(new URL('../../recordings/hog.jsonl', import.meta.url));
    for (const what of [['hog'], ['--from', file]]) {
      const { code, stdout, stderr } = await runLab(...what, '--out', out);
      expect(stderr).toMatch(
        /^lab: cannot write to '[^']*': E[A-Z]+: [a-z ]+; --out FOLDER says where to\.\n$/,
      );
      expect([stdout, code]).toEqual(['', 2]);
    }
  });

  it('leaves no folder behind that it only tried', () => {
    const folder = newFolder();
    expect(unwritableSentence(join(folder, 'a', 'b'))).toBeUndefined();
    expect(unwritableSentence(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [undefined, 80],
    [0, 50],
    [40, 50],
    [132, 132],
    [5_000, 200],
  ])('draws for %s columns in %i', (columns, width) => {
    expect(drawnWidth(columns)).toBe(width);
  });

  it('shows a run that has not ended within its limit as it was', async () => {
    const folder = newFolder();
    // Three jobs need a fifth of a second at least, and the limit is counted from before they are there.
    const args = ['lock-convoy', '--under', 'threads', '--limit', '0.001', '--out', folder];
    const { code, stdout, stderr } = await runLab(...args);
    expect(stderr).toMatch(
      /^lab: lock-convoy under threads had not .* after 0\.001 s: it is shown as it was\.$/m,
    );
    expect(stdout).toContain(' threads ');
    expect(code).toBe(1);
    const [run] = parseTrace(readFileSync(join(folder, 'events.jsonl'), 'utf8')).runs;
    expect(run?.events.filter(({ k }) => k === 'settle')).toEqual([]);
  });

  it('says of a run that has not ended whether it began', () => {
    const barrier = { t: 0, thread: 0, k: 'mark', name: 'barrier' } as const;
    expect(unfinishedWords({ events: [barrier] }, 500)).toBe(
      'had not ended after 0.5 s: it is shown as it was',
    );
    expect(unfinishedWords({ events: [] }, 500)).toBe(
      'had not come to the barrier, where all jobs begin, after 0.5 s: it is shown as it was',
    );
  });

  it.skipIf(process.platform !== 'linux')(
    'shows the runs that it has when it is interrupted, and leaves no process and no recorder',
    async () => {
      const folder = newFolder();
      const running = startLab('hog', '--under', 'tasks,threads', '--out', folder);
      await running.says('hog under threads');
      const left = descendantsOf(running.child.pid!);
      process.kill(-running.child.pid!, 'SIGINT');
      const { code, stdout, stderr } = await running.ended;
      expect(stdout).toContain(' tasks ');
      expect(stderr).toContain('lab: interrupted; this is what was recorded until then.\n');
      expect(code).toBe(130);
      expect(readdirSync(folder).sort()).toEqual(['events.jsonl', 'page.html', 'perfetto.json']);
      await expect.poll(() => left.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
      expect(instances().filter((name) => left.some((pid) => name.startsWith(`heddle-${pid}-`)))).toEqual([]);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'says that there is nothing when it is interrupted before the first run is over',
    async () => {
      const folder = join(newFolder(), 'out');
      const running = startLab('hog', '--out', folder);
      await running.says('hog under tasks');
      process.kill(-running.child.pid!, 'SIGINT');
      const { code, stdout, stderr } = await running.ended;
      expect(stderr).toContain('lab: interrupted before a run was recorded: there is nothing to show.\n');
      expect([stdout, code, existsSync(folder)]).toEqual(['', 130, false]);
    },
  );
});

/** Every process that came of one, while they are there. */
function descendantsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  return children === ''
    ? []
    : children.split(' ').flatMap((child) => [Number(child), ...descendantsOf(Number(child))]);
}

/** The recorders in the kernel, ours and others', where one may look: each has the number of its process in its name. */
function instances(): string[] {
  try {
    return readdirSync('/sys/kernel/tracing/instances');
  } catch {
    return [];
  }
}
