import { type Channel, channel } from 'node:diagnostics_channel';

type Told = 'taskSpawn' | 'taskSettle' | 'panic' | 'hang' | 'longPoll' | 'threadStart' | 'threadExit';

/**
 * What is told to whoever subscribes at `node:diagnostics_channel`, a tool that watches many programs mostly.
 *
 * A message is made only where `hasSubscribers` says that somebody hears it. docs/tracing.md has the fields of each,
 * and a test for each is in test/trace/diagnostics.test.ts.
 */
export const diagnostics: Readonly<Record<Told, Channel>> = {
  taskSpawn: channel('heddle:task:spawn'),
  taskSettle: channel('heddle:task:settle'),
  panic: channel('heddle:panic'),
  hang: channel('heddle:hang'),
  longPoll: channel('heddle:long-poll'),
  threadStart: channel('heddle:thread:start'),
  threadExit: channel('heddle:thread:exit'),
};
