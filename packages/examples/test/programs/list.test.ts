import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { programs } from '../../src/programs.js';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

test('every folder of a program is in the list, and has its three files', () => {
  const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(programs.map(({ name }) => name).sort());
  for (const { name } of programs) {
    expect(readdirSync(src + name)).toEqual(
      expect.arrayContaining(['README.md', 'main.ts', 'transcript.txt']),
    );
  }
});

test('the README names the programs in the order of the list', () => {
  const text = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
  const linked = [...text.matchAll(/\]\(src\/([^/)]+)\/README\.md\)/g)].map((match) => match[1]);
  expect(linked).toEqual(programs.map(({ name }) => name));
});

test('the README of each program says how to run it', () => {
  for (const { name } of programs) {
    expect(readFileSync(`${src}${name}/README.md`, 'utf8')).toContain(`npx -y pnpm@10 example ${name}\n`);
  }
});
