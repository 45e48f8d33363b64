import { resolve } from 'node:path';
import { createPool } from '#lib/db/pool';
import { cliEnv } from '#lib/env';
import { reconcile } from '#lib/ledger/reconcile/reconcile';
import { isWhole, type ReconcileReport } from '#lib/ledger/reconcile/report';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';
import { asJson, asText } from './reconcile-report.ts';
import { UsageError } from './usage-error.ts';

const WORDS = ['ledger', 'reconcile'];

const HELP = `fdlr ledger reconcile [--spend-log FILE ...] [--database-url URL] [--dry-run] [--json]

Makes a restored database whole, so that a restore never gives budget back. Stop every router first: it refuses to run
beside one. It raises the ledger's epoch (nodes refuse older ones from their next round on), adds the receipts that the
nodes' spend logs hold and the database lacks, charges what they prove to the datasets of their nodes, and to the accounts of
a caller where the request is known, charges every reservation in full, freezes the datasets of a node whose receipts have
a gap (thawing them takes two people), and writes one leaf "ledger.restored" into the audit log.

Nodes whose spend log is not given are asked for their receipts when they connect, before they are asked anything else.
Run again it changes nothing but the epoch, and says so in the log again.

  --spend-log FILE     a node's spend-log.ndjson; once for each node
  --database-url URL   the ledger's Postgres; DATABASE_URL by default
  --dry-run            change nothing, and run beside routers
  --json               the report as one object

A log that is forged, cut within a line or in the middle, or of another federation is refused by name, and nothing is
changed. That whole lines are missing at its end cannot be seen in a log itself: the node's own count shows it when the
node connects, and what is missing then is fetched and charged before the node is asked anything. Exit codes: 0 the ledger
bears all that receipts prove, 1 it does not or something failed, 2 asked wrongly.`;

export const ledgerReconcile: Command = {
  words: WORDS,
  summary:
    "Makes a restored ledger whole from the nodes' receipts: raises the epoch, charges what they prove.",
  help: HELP,
  async run(args) {
    const { values, positionals } = parseOptions(WORDS, args, {
      'spend-log': { type: 'string', multiple: true, default: [] },
      'database-url': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 0)
      throw new UsageError('Name spend logs with --spend-log FILE. See fdlr ledger reconcile --help.');
    const env = cliEnv();
    const url = values['database-url'] ?? env.DATABASE_URL;
    if (!url) throw new UsageError('Set DATABASE_URL, or name the database with --database-url.');
    if (!/^postgres(ql)?:\/\//.test(url)) throw new UsageError('The database must be a postgresql:// URL.');
    const report = await run(url, {
      spendLogs: values['spend-log'].map((file) => resolve(env.INIT_CWD ?? '.', file)),
      dryRun: values['dry-run'],
    });
    process.stdout.write(`${values.json ? JSON.stringify(asJson(report)) : asText(report)}\n`);
    if (!isWhole(report)) process.exitCode = 1;
  },
};

async function run(url: string, options: { spendLogs: string[]; dryRun: boolean }): Promise<ReconcileReport> {
  const pool = createPool(url, 3);
  try {
    return await reconcile(pool, { ...options, onProgress: progress() }, new Date());
  } finally {
    await pool.end();
  }
}

/** To whoever waits before a terminal, on one line; a script reads nothing on stderr but what fails. */
function progress(): (what: string, done: number) => void {
  if (!process.stderr.isTTY) return () => {};
  let current = '';
  return (what, done) => {
    if (current !== '' && current !== what) process.stderr.write('\n');
    current = what;
    const unit = what === 'requests' ? 'requests looked at' : `receipts of ${what}`;
    process.stderr.write(`\r${done.toLocaleString('en')} ${unit}`);
  };
}
