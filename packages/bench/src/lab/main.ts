import { availableParallelism } from 'node:os';
import { readCommandLine } from './command-line.js';
import { helpText, listText } from './help-text.js';
import { programs } from './programs/list.js';
import { recordProgram } from './record-program.js';
import { showFile } from './show-file.js';

const command = readCommandLine(process.argv.slice(2), programs, availableParallelism());
switch (command.kind) {
  case 'help':
    console.log(helpText(programs));
    break;
  case 'list':
    console.log(listText(programs));
    break;
  case 'refused':
    console.error(command.sentence);
    process.exitCode = 2;
    break;
  case 'record':
    process.exitCode = await recordProgram(command);
    break;
  case 'show':
    process.exitCode = await showFile(command);
    break;
}
