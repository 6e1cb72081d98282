import { main } from '@heddle/runtime';
import { listText, readCommandLine } from './command-line.js';
import type { Print } from './program.js';
import { type Listing, programs } from './programs.js';

/** `pnpm example` lists the programs, and `pnpm example spawn` runs one: in real time, until it ends. */
const command = readCommandLine(process.argv.slice(2), programs);
switch (command.kind) {
  case 'list':
    console.log(listText(programs));
    break;
  case 'refused':
    console.error(command.text);
    process.exitCode = 2;
    break;
  case 'run':
    await run(command.listing, command.args);
    break;
}

async function run({ name, load }: Listing, args: readonly string[]): Promise<void> {
  const print: Print = Object.assign((line: string) => console.log(line), {
    error: (line: string) => console.error(line),
  });
  try {
    const { program } = await load();
    await main(() => program(print, ...args));
  } catch (error) {
    console.error(`example ${name}:`, error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
