import { timeBareAwaits } from './bare-await.js';

/**
 * A process that prints what one bare `await` costs in it: `without` the library, `with` it imported, or after
 * generator tasks `ran` on it. Each sample is a process of its own, since the import cannot be taken back.
 */
const WARM_UPS = 10;
const SAMPLES = 11;

// Ctrl-C reaches the whole group of processes; the parent ends this one.
process.on('SIGINT', () => {});

const [state] = process.argv.slice(2);
if (state === 'without') {
  // Something else of some size, that touches nothing: what `import()` itself changes is not the library's doing.
  await import('simple-statistics');
} else {
  const { spawn, yieldNow } = await import('@heddle/runtime');
  if (state === 'ran') {
    const handles = Array.from({ length: 1_000 }, () =>
      spawn(function* () {
        for (let i = 0; i < 20; i += 1) yield* yieldNow();
      }),
    );
    for (const handle of handles) (await handle).unwrap();
  }
}
for (let i = 0; i < WARM_UPS; i += 1) await timeBareAwaits();
const samples: number[] = [];
for (let i = 0; i < SAMPLES; i += 1) samples.push(await timeBareAwaits());
// The cheapest sample is the one that nothing interrupted; this is about what an await costs, not about luck.
process.send?.(Math.min(...samples));
