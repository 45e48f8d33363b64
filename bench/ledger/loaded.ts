import { createPool } from '../../lib/db/pool.ts';
import { LANES, openGroupLedger } from '../../lib/ledger/group-commit/group-ledger.ts';
import type { Ledger } from '../../lib/ledger/ledger.ts';
import { median } from '../lib/median.ts';
import { atLeast, type Row } from '../lib/result-json.ts';
import { type BenchServer, makeLedger } from './bench-database.ts';
import { debitOf } from './debits.ts';
import { loadEntries } from './load-entries.ts';
import { measure } from './measure.ts';
import { MANY } from './speed.ts';

const ACCOUNTS = 1_000;

/** The rate of debits into a ledger with `entries` entries, beside that into an empty one, in turns. */
export async function measureLoaded(
  server: BenchServer,
  entries: number,
  { rounds, sampleMs }: { rounds: number; sampleMs: number },
): Promise<Row> {
  const [empty, full] = [await opened(server, 'empty'), await opened(server, 'loaded')];
  try {
    const startedAtMs = performance.now();
    console.log(await loadEntries(full.pool, full.accounts.spread, entries));
    console.log(`Loaded in ${((performance.now() - startedAtMs) / 1000).toFixed(0)} s.`);
    const rates = { empty: [] as number[], full: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, { ledger, accounts }] of [
        ['empty', empty],
        ['full', full],
      ] as const) {
        let next = 0;
        const debit = () => ledger.reserve(debitOf([accounts.spread[next++ % ACCOUNTS]!]));
        const sample = await measure(server.pid, debit, { callers: MANY, durationMs: sampleMs });
        if (round > 0) rates[name].push(sample.ratePerS);
      }
    }
    const [loadedRate, emptyRate] = [median(rates.full), median(rates.empty)];
    console.log(`Empty ${emptyRate.toFixed(0)} debits/s, loaded ${loadedRate.toFixed(0)}.`);
    return atLeast(
      {
        id: 'loaded.rateVsEmpty',
        metric: `rate with ${entries.toLocaleString('en')} entries / with none`,
        value: loadedRate / emptyRate,
        unit: 'ratio',
      },
      0.8,
    );
  } finally {
    await Promise.all([empty.close(), full.close()]);
  }
}

async function opened(server: BenchServer, name: string) {
  const url = server.url(name);
  const { pool, accounts } = await makeLedger(url, ACCOUNTS);
  const own = createPool(url, LANES, { writes: 'in_transactions' });
  const ledger: Ledger = openGroupLedger(own);
  const close = async () => {
    await ledger.close();
    await Promise.all([own.end(), pool.end()]);
  };
  return { pool, accounts, ledger, close };
}
