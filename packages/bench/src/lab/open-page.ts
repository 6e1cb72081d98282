import { spawn } from 'node:child_process';

/**
 * Opens a file with the system's own program for it. Gives why it could not, or undefined.
 *
 * It does not wait for the browser: a program that is there and begins is taken for one that opens the page.
 */
export function openPage(file: string): Promise<string | undefined> {
  const [command, ...args] = opener(file);
  return new Promise((settle) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    // Some openers stay as long as the browser does.
    const timer = setTimeout(() => settle(undefined), 2_000);
    const answer = (problem: string | undefined): void => {
      clearTimeout(timer);
      settle(problem && `--open: ${problem}; open ${file} in a browser`);
    };
    child.once('error', () => answer(`there is no ${command} here`));
    child.once('exit', (code) =>
      answer(code === 0 ? undefined : `${command} found nothing that opens a page`),
    );
    child.unref();
  });
}

function opener(file: string): [string, ...string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', file];
    case 'win32':
      // `start` belongs to cmd, and takes its first quoted word for a title.
      return ['cmd', '/c', 'start', '""', file];
    default:
      return ['xdg-open', file];
  }
}
