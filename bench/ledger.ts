import { mkdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { closeRun, openRun } from '../scripts/test/run-folder.ts';
import { makeLedger, startBenchServer } from './ledger/bench-database.ts';
import { survive } from './ledger/crashes.ts';
import { measureLoaded } from './ledger/loaded.ts';
import { ratiosOf } from './ledger/ratios.ts';
import { rowsTable, settingsOf, speedTable } from './ledger/report.ts';
import { measureSpeed } from './ledger/speed.ts';
import { UsageError } from './lib/args.ts';
import type { Benchmark } from './lib/benchmark.ts';

const ACCOUNTS = 1_000;
const ROUNDS = 5;
const QUICK_ROUNDS = 2;
const SAMPLE_MS = 1_500;
const ENTRIES = 200_000;

const load = () => `load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;

function whole(name: string, given: string | undefined, otherwise: number): number {
  const value = Number(given ?? otherwise);
  if (!Number.isInteger(value) || value < 0) throw new UsageError(`--${name} must be a whole number from 0.`);
  return value;
}

/**
 * A debit here is a reservation on one account: its request, its entry, its leaf and the balance. All ways of making it
 * take turns in one run; only their ratios say anything, for the machine is never the same twice.
 */
export const ledger: Benchmark = {
  name: 'ledger',
  summary:
    'Debits by group commit beside one a transaction and beside the limit of SQL, workers killed, and a ledger with many entries.',
  flags: { values: ['rounds', 'entries'], switches: ['quick'] },
  async run({ values, switches }) {
    const rounds = whole('rounds', values.rounds, switches.has('quick') ? QUICK_ROUNDS : ROUNDS);
    const entries = whole('entries', values.entries, ENTRIES);
    const folder = await openRun();
    try {
      mkdirSync(join(folder, 'postgres'));
      const server = await startBenchServer(join(folder, 'postgres'));
      try {
        const speedUrl = server.url('speed');
        const { pool, accounts } = await makeLedger(speedUrl, ACCOUNTS);
        console.log(await settingsOf(pool));
        console.log(`${rounds} rounds, ${load()}.`);
        const speed = await measureSpeed(speedUrl, server.pid, accounts, { rounds, sampleMs: SAMPLE_MS });
        await pool.end();
        console.log(speedTable(speed));
        console.log(`Speed measured, ${load()}.`);
        const rows = [...ratiosOf(speed), ...(await survive(server.url('crashes')))];
        if (entries > 0) rows.push(await measureLoaded(server, entries, { rounds, sampleMs: SAMPLE_MS }));
        console.log(`Done, ${load()}.`);
        console.log(rowsTable(rows));
        return { rows };
      } finally {
        await server.stop();
      }
    } finally {
      await closeRun(folder);
    }
  },
};
