import { availableParallelism, loadavg } from 'node:os';
import { testEnv } from '../lib/env.ts';
import { startProduct } from '../scripts/test/product.ts';
import { closeRun, openRun } from '../scripts/test/run-folder.ts';
import { interruption } from '../worker/supervisor/interruption.ts';
import { measurePages } from './console/measure-pages.ts';
import { reportPages, reportSeed } from './console/report.ts';
import { stepSeconds } from './console/step-seconds.ts';
import { UsageError } from './lib/args.ts';
import type { Benchmark } from './lib/benchmark.ts';

const ROUNDS = 5;
const QUICK_ROUNDS = 1;

const load = () => `load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;

/** A first start that seeds the demo, every page of it, and a reset. Everything is in a folder of its own. */
async function measure(folder: string, rounds: number) {
  console.log(`Before the start: ${load()}.`);
  const first = await startProduct(folder);
  console.log(`Seeded: ${load()}.`);
  const pages = await measurePages(first, folder, rounds);
  console.log(`Pages opened, ${rounds} times each: ${load()}.`);
  const faults = await first.stop();
  const again = await startProduct(folder, '--reset', '--yes');
  faults.push(...(await again.stop()));
  for (const fault of faults) console.log(fault);
  return {
    pages,
    seedSeconds: stepSeconds(first.said, 'Demo data ready'),
    resetSeconds: stepSeconds(again.said, 'Reset'),
  };
}

/** The production build as `npm start` makes and serves it; a page's scripts are what its first opening downloads. */
export const consolePages: Benchmark = {
  name: 'console',
  summary:
    'Every page of the console on the demo history: time until it can be used, its scripts, slow SQL; seeding and reset.',
  flags: { values: ['rounds'], switches: ['quick'] },
  async run({ values, switches }) {
    if (testEnv().DATABASE_URL) {
      throw new UsageError('Unset DATABASE_URL: times of statements are read from the embedded Postgres.');
    }
    const rounds = Number(values.rounds ?? (switches.has('quick') ? QUICK_ROUNDS : ROUNDS));
    if (!Number.isInteger(rounds) || rounds < 1)
      throw new UsageError('--rounds must be a whole number from 1.');
    const folder = await openRun();
    const interrupted = interruption(() => process.exit(130));
    try {
      const measured = await Promise.race([measure(folder, rounds), interrupted]);
      if (measured === 'interrupted') {
        process.exitCode = 130;
        return { rows: [] };
      }
      console.log('');
      const { pages, seedSeconds, resetSeconds } = measured;
      const rows = reportPages(pages);
      console.log('');
      return { rows: [...rows, ...reportSeed(seedSeconds, resetSeconds)] };
    } finally {
      await closeRun(folder);
    }
  },
};
