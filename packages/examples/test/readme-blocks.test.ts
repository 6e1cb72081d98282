import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { BlockRunner, codeBlocks, readText } from './code-blocks.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const docs = existsSync(`${root}docs`)
  ? readdirSync(`${root}docs`).filter((file) => file.endsWith('.md'))
  : [];
const texts = ['README.md', ...docs.map((file) => `docs/${file}`)]
  .filter((file) => existsSync(root + file))
  // A list of messages has nothing to run. The README has, or its own test below is red.
  .filter((file) => file === 'README.md' || codeBlocks(readText(file), file).length > 0);

describe.each(texts)('%s', (name) => {
  const blocks = codeBlocks(readText(name), name);
  const runner = new BlockRunner();
  afterAll(() => runner.close());

  // A test of no blocks would be green for ever.
  if (name === 'README.md') {
    test('has a code block that runs', () => {
      expect(blocks.filter((block) => block.file === undefined)).not.toEqual([]);
    });
  }

  for (const block of blocks) {
    test(`${block.at} runs${block.output === undefined ? '' : ' and prints what the text says'}`, () => {
      const { problem, stdout } = runner.run(block);
      expect(problem).toBeUndefined();
      if (block.output !== undefined) expect(stdout).toBe(block.output);
    });
  }
});

describe('the extraction of blocks', () => {
  const text = [
    '```ts',
    'one();',
    '```',
    'It prints:',
    '```text output',
    '1',
    '```',
    '- in a list:',
    '  ```js file=two.js',
    '  two();',
    '  ```',
    '```ts no-run',
    'three();',
    '```',
    '````md',
    '```js',
    'four();',
    '```',
    '````',
  ].join('\n');

  test('finds what runs, what it prints and what is imported by others', () => {
    expect(codeBlocks(text, 'T.md')).toEqual([
      { at: 'T.md:1', language: 'ts', source: 'one();\n', file: undefined, output: '1\n' },
      { at: 'T.md:9', language: 'js', source: 'two();\n', file: 'two.js', output: undefined },
    ]);
  });

  test('says so when a block fails', () => {
    const runner = new BlockRunner();
    const block = { at: 'T.md:1', file: undefined, output: undefined } as const;
    const typed = "const text: string = 'boom'; throw new Error(text);";
    expect(runner.run({ ...block, language: 'ts', source: typed }).problem).toContain('boom');
    expect(runner.run({ ...block, language: 'js', source: 'console.log(1);' }).stdout).toBe('1\n');
    runner.close();
  });
});
