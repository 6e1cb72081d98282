import { main, setPanicHook } from '@heddle/runtime';
import { refused } from './refused.js';
import { works } from './works.js';

/** What each call came to, by its title. */
export type Outcomes = Readonly<Record<string, unknown>>;

/** Makes every call that must work, a few at a time, and gives the values; or the texts of what went wrong. */
export async function valuesOfWorks(): Promise<Outcomes> {
  const outcomes: Record<string, unknown> = {};
  const left = Object.entries(works);
  const takeNext = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [title, { call }] = next;
      try {
        outcomes[title] = (await call()).unwrap();
      } catch (error) {
        outcomes[title] = `${error}`;
      }
    }
  };
  await Promise.all([takeNext(), takeNext(), takeNext()]);
  return outcomes;
}

/** Makes every call that must be refused, and gives the code and the text, or what it gave instead. */
export function textsOfRefused(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(refused).map(([title, { call }]) => {
      try {
        return [title, `was not refused: ${call()}`];
      } catch (error) {
        const { code, message } = error as { readonly code?: unknown; readonly message: string };
        return [title, `${code} ${message}`];
      }
    }),
  );
}

/** As a program it prints what came of it all. */
if (process.argv[2] === 'print') {
  setPanicHook(() => undefined);
  await main(async () => {
    const all = { works: await valuesOfWorks(), refused: textsOfRefused() };
    console.log(JSON.stringify(all, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)));
  });
}
