import { Runtime, sleep } from '@heddle/runtime';
import { expect, it } from 'vitest';

/** A thenable of somebody else, which answers in the middle of whatever calls `answer`. */
function immediate(): { readonly thenable: PromiseLike<string>; answer(value: string): void } {
  let answer = (_: string): void => {};
  const thenable = {
    then(give: typeof answer) {
      answer = give;
    },
  } as unknown as PromiseLike<string>;
  return { thenable, answer: (value) => answer(value) };
}

it('lets no turn begin inside a poll of another runtime when a returned thenable answers there', async () => {
  const [one, other] = [new Runtime(), new Runtime()];
  const { thenable, answer } = immediate();
  const lines: string[] = [];
  const returned = one.spawn(() => thenable);
  one.spawn(function* () {
    lines.push(String((yield* returned).unwrap()));
  });
  await sleep(1);
  const answering = other.spawn(function* () {
    answer('answered');
    lines.push('goes on');
    yield* sleep(1);
    return 'to its end';
  });
  expect((await answering).unwrap()).toBe('to its end');
  expect(lines).toEqual(['goes on', 'answered']);
});

it('runs no task inside whatever calls a returned thenable back', async () => {
  const runtime = new Runtime();
  const { thenable, answer } = immediate();
  const lines: string[] = [];
  const returned = runtime.spawn(() => thenable);
  const joiner = runtime.spawn(function* () {
    yield* returned;
    lines.push('joiner');
  });
  await sleep(1);
  answer('now');
  lines.push('caller');
  await joiner;
  expect(lines).toEqual(['caller', 'joiner']);
});
