import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/**
 * The public names, entry by entry. A name that appears here by accident is a promise all the same; one that
 * disappears breaks somebody. Types are not there at run time: `pnpm types` compiles who uses them.
 */
const entries: Readonly<Record<string, readonly string[]>> = {
  '.': [
    'ActorStopped',
    'CancellationToken',
    'Elapsed',
    'Err',
    'JoinError',
    'JoinMap',
    'JoinSet',
    'Ok',
    'Runtime',
    'TaskCancelled',
    'TaskTracker',
    'abortOnDrop',
    'blocking',
    'consumeBudget',
    'hasBudgetRemaining',
    'unconstrained',
    'join',
    'main',
    'mapConcurrent',
    'move',
    'promised',
    'proxy',
    'registerClass',
    'registerContext',
    'resumeUnwind',
    'scope',
    'select',
    'setPanicHook',
    'shielded',
    'sleep',
    'spawn',
    'spawnBlocking',
    'task',
    'taskLocal',
    'tasksFrom',
    'thread',
    'timeout',
    'tryJoin',
    'when',
    'yieldNow',
  ],
  './net': [
    'SocketClosed',
    'TcpListener',
    'TcpStream',
    'UnexpectedEof',
    'copy',
    'copyBidirectional',
    'ctrlC',
    'duplex',
  ],
  './sync': [
    'Barrier',
    'ChannelClosed',
    'Lagged',
    'Mutex',
    'Notify',
    'OnceCell',
    'RwLock',
    'Semaphore',
    'SemaphoreClosed',
    'broadcast',
    'mpsc',
    'oneshot',
    'watch',
  ],
  './testing': [
    'ManualHost',
    'PENDING',
    'ScheduleError',
    'TraceAssertionError',
    'expectTrace',
    'explore',
    'step',
  ],
  './thread': ['PoisonError', 'SharedCondvar', 'SharedMutex', 'SharedSemaphore'],
  './time': [
    'Elapsed',
    'Instant',
    'advance',
    'interval',
    'intervalAt',
    'pause',
    'resume',
    'sleep',
    'sleepUntil',
    'timeout',
    'timeoutAt',
  ],
  './trace': [
    'lanesOf',
    'latenessOf',
    'longestPoll',
    'longestReady',
    'mark',
    'parseTrace',
    'perfettoText',
    'pictureOf',
    'record',
    'recordKernel',
    'sliceAt',
    'traceOf',
    'traceText',
    'warningsOf',
    'watchdog',
    'whoHadCpu',
    'whoWasPolled',
    'withKernel',
    'zeroOf',
  ],
};

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>;
};

test('the entry points are these', () => {
  expect(Object.keys(manifest.exports).sort()).toEqual([...Object.keys(entries), './package.json'].sort());
});

describe('the names of', () => {
  test.each(Object.entries(entries))('@heddle/runtime, entry %s', async (entry, names) => {
    const exported: object = await import(`@heddle/runtime${entry.slice(1)}`);
    expect(Object.keys(exported).sort()).toEqual([...names].sort());
  });

  test.each([
    ['blocking', ['builder', 'metrics', 'ready', 'spawn']],
    ['task', ['builder', 'id', 'isAborted', 'signal', 'tryId']],
    [
      'thread',
      [
        'actor',
        'availableParallelism',
        'builder',
        'channel',
        'current',
        'metrics',
        'of',
        'osThreadId',
        'park',
        'parkTimeout',
        'prewarm',
        'scope',
        'spawn',
      ],
    ],
  ] as const)('%s', async (name, members) => {
    const runtime = await import('@heddle/runtime');
    expect(Object.keys(runtime[name]).sort()).toEqual(members);
  });
});
