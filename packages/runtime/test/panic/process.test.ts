import { describe, expect, it } from 'vitest';
import { run } from './program.js';

describe('a process in which a task panics', () => {
  it('stays up, and says so on stderr with the stack when nobody waits', async () => {
    const { out, err, code } = await run(`
      function fails() {
        throw new Error('boom');
      }
      spawn(function* inGenerator() {
        yield* yieldNow();
        fails();
      });
      setTimeout(() => console.log('still up'), 20);
    `);
    expect([out, code]).toEqual(['still up\n', 0]);
    const [line, first, frame, ...rest] = err.split('\n');
    expect(line).toMatch(/^heddle: task 1 panicked with message "boom"$/);
    expect(first).toBe('    Error: boom');
    expect(frame).toMatch(/^ {8}at fails /);
    expect(rest.join('\n')).toContain('inGenerator');
  });

  it('says it in one line when somebody waits', async () => {
    const { out, err, code } = await run(`
      const handle = spawn(async () => {
        await yieldNow();
        throw new Error('boom');
      });
      const result = await handle;
      console.log(result.error.message);
      const plain = spawn(() => {
        throw 'a string';
      });
      console.log((await plain).error.isPanic());
    `);
    expect(out).toBe('task 1 panicked with message "boom"\ntrue\n');
    expect(err).toBe(
      'heddle: task 1 panicked with message "boom"\nheddle: task 2 panicked with message "a string"\n',
    );
    expect(code).toBe(0);
  });

  it('says nothing by itself when there is a hook, and both when the hook throws', async () => {
    const { out, err, code } = await run(`
      const fail = (message) => spawn(() => {
        throw message;
      });
      setPanicHook(({ payload }) => console.log('heard', payload));
      await fail('first');
      setPanicHook(() => {
        throw 'the hook';
      });
      await fail('second');
      setPanicHook(null);
      await fail('third');
    `);
    expect(out).toBe('heard first\n');
    expect(err).toBe(
      [
        'heddle: the panic hook threw:',
        "    'the hook'",
        'heddle: task 2 panicked with message "second"',
        'heddle: task 3 panicked with message "third"',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  it('stays up when every kind of body fails in every place, a hundred at a time', async () => {
    const { out, code } = await run(`
      setPanicHook(() => {});
      const fail = () => {
        throw new Error('boom');
      };
      const bodies = [
        fail,
        async () => fail(),
        async () => {
          await yieldNow();
          fail();
        },
        function* () {
          fail();
        },
        function* () {
          yield* yieldNow();
          fail();
        },
        function* () {
          yield 5;
        },
        () => ({ then: fail }),
        () => ({ get then() { return fail(); } }),
      ];
      const handles = Array.from({ length: 100 }, (_, at) => spawn(bodies[at % bodies.length]));
      let panics = 0;
      for (const handle of handles) if ((await handle).error.isPanic()) panics += 1;
      console.log(panics, (await spawn(() => 'and the next one runs')).value);
    `);
    expect([out, code]).toEqual(['100 and the next one runs\n', 0]);
  });
});

describe('a process in which a task', () => {
  it('is abandoned says which one, and goes on', async () => {
    const { out, err, code } = await run(`
      const handle = task.builder({ name: 'stuck', abandonAfterMs: 0 }).spawn(() => new Promise(() => {}));
      await yieldNow();
      handle.abort();
      console.log((await handle).error.isAbandoned());
    `);
    expect([out, code]).toEqual(['true\n', 0]);
    expect(err).toBe(
      'heddle: task 1 "stuck" was abandoned: it had not ended 0 ms after its abort, waiting on a promise that is not of heddle\n',
    );
  });

  it('is cancelled, aborted or not awaited at all says nothing', async () => {
    const { out, err, code } = await run(`
      const handles = [spawn(() => sleep(60_000)), spawn(async () => await sleep(60_000)), spawn(() => 1)];
      handles.push(spawn(function* () {
        yield* sleep(60_000);
      }));
      await yieldNow();
      for (const handle of handles) handle.abort();
    `);
    expect([out, err, code]).toEqual(['', '', 0]);
  });

  it('is joined by a callback that throws ends as after any promise', async () => {
    const { err, code } = await run(`
      spawn(() => 1).then(() => {
        throw new Error('in the callback');
      });
      setTimeout(() => console.log('unreachable'), 1000);
    `);
    expect(err).toContain('in the callback');
    expect(code).toBe(1);
  });
});
