import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program to its own end. One that sockets keep alive is ended by force, and fails. */
async function output(body: string): Promise<string> {
  const program = `
    import { spawn, sleep } from '@heddle/runtime';
    import { TcpListener, TcpStream } from '@heddle/runtime/net';
    ${body}`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd,
    timeout: 10_000,
  });
  return stdout.trim();
}

describe('a process ends by itself', () => {
  test('when the tasks that its sockets belonged to have settled', async () => {
    const printed = await output(`
      const listener = await TcpListener.bind('127.0.0.1:0');
      const server = spawn(function* () {
        for (;;) spawn(async (stream) => { while (await stream.read()); }, yield* listener.accept());
      });
      const client = spawn(async () => {
        const stream = await TcpStream.connect(listener.localAddr());
        await stream.writeAll('hello');
        await sleep(60_000);
      });
      await sleep(50);
      for (const task of [server, client]) task.abort();
      console.log((await server).error.kind, (await client).error.kind);
    `);
    expect(printed).toBe('cancelled cancelled');
  });

  test('when a task returned a socket that nobody uses', async () => {
    const printed = await output(`
      const listener = (await spawn(() => TcpListener.bind('127.0.0.1:0'))).unwrap();
      console.log(typeof listener.localAddr().port);
    `);
    expect(printed).toBe('number');
  });

  test('and not before, while one of them waits', async () => {
    const printed = await output(`
      const listener = await TcpListener.bind('127.0.0.1:0');
      const server = spawn(async () => {
        const stream = await listener.accept();
        return new TextDecoder().decode(await stream.read());
      });
      spawn(async () => {
        const stream = await TcpStream.connect(listener.localAddr());
        await sleep(50);
        await stream.writeAll('late');
      });
      console.log((await server).unwrap());
    `);
    expect(printed).toBe('late');
  });
});
