import { Err, setPanicHook, spawn } from '@heddle/runtime';
import { type Provocations, wrong } from '../provocations.js';

export const results: Provocations = {
  '`JoinError` reason is not a panic.': async () => {
    const handle = spawn(function* () {});
    handle.abort();
    return (await handle).match({ ok: () => 'no error', err: (error) => error.intoPanic() });
  },
  'called unwrap() on an Err: ‹error›': () => Err('late').unwrap(),
  '‹your text›: ‹error›': [
    () => Err('late').expect('the page'),
    () => Err(new Error('late')).expect('the page'),
  ],
  'setPanicHook: expected a function or null, got ‹value›': () => setPanicHook(wrong('log')),
};
