import { main } from '@heddle/runtime';
import { expect, test } from 'vitest';
import { program } from '../../src/supervised-actor/main.js';
import { expectedTranscript, Transcript } from './transcript.js';

test('what was answered is kept through crashes, and the third one is not answered by a restart', async () => {
  const transcript = new Transcript();
  await transcript.withPanics(() => main(() => program(transcript.print)));
  expect(transcript.toString()).toBe(expectedTranscript('supervised-actor'));
}, 60_000);
