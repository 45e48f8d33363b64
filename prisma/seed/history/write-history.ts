import type { LogSigner } from '#lib/audit-log/checkpoint';
import { integrate } from '#lib/audit-log/integrate';
import { createPool, type Pool } from '#lib/db/pool';
import { prepared } from '#lib/db/prepared';
import { transaction } from '#lib/db/transaction';
import { privacyEnv } from '#lib/env';
import { PLANS_KEPT } from '#lib/ledger/group-commit/commit-moves';
import type { Scenario } from '../scenario.ts';
import { openHistoryAccounts } from './open-history-accounts.ts';
import { type PlannedRequest, planHistory } from './plan-history.ts';
import { type Writing, writeRequest } from './write-request.ts';

/** Requests that commit together: enough to keep the connection busy, few enough for short chains of row versions. */
const BATCH = 40;
const PROGRESS_EVERY = 2_000;

export type HistoryOptions = {
  databaseUrl: string;
  /** The day that the history ends with, as it begins. */
  until: Date;
  pseudonymOf: (userId: string) => string;
  signer: LogSigner;
  log: (line: string) => void;
};

/** Writes the scenario's made-up year into an empty ledger and gives every leaf of it its place in the log. */
export async function writeHistory(scenario: Scenario, options: HistoryOptions): Promise<void> {
  const { databaseUrl, until, pseudonymOf, signer, log } = options;
  const planned = planHistory(scenario, until);
  const pool = createPool(databaseUrl, 1);
  try {
    const accountIds = await openHistoryAccounts(pool, scenario, until);
    const writing = { accountIds, pseudonymOf, delta: String(privacyEnv().FEDERATED_DELTA) };
    for (let first = 0; first < planned.length; first += BATCH) {
      await writeBatch(pool, planned.slice(first, first + BATCH), writing);
      const done = Math.min(first + BATCH, planned.length);
      if (done % PROGRESS_EVERY === 0 || done === planned.length) log(progress(done, planned.length));
    }
    while ((await integrate(pool, signer)) > 0);
    // The first pages are read before Postgres would look by itself at what is in these tables.
    await pool.query('ANALYZE request, ledger_entry, account, audit_leaf, audit_node');
  } finally {
    await pool.end();
  }
}

async function writeBatch(pool: Pool, batch: readonly PlannedRequest[], writing: Writing): Promise<void> {
  const isReleased = ({ ending }: PlannedRequest) => ending.kind === 'released';
  await transaction(pool, async (connection) => {
    const client = prepared(connection);
    // No use is made of a batch before the scenario's own rows are committed, and that commit syncs this one too.
    await client.query(`SET LOCAL synchronous_commit = off; ${PLANS_KEPT}`);
    // What was given back stands on its accounts for a moment; each alone fits, as the rest of the batch does together.
    for (const planned of batch.filter(isReleased)) await writeRequest(client, planned, writing);
    const rest = batch.filter((planned) => !isReleased(planned));
    const written = await Promise.allSettled(rest.map((planned) => writeRequest(client, planned, writing)));
    // Only now: nothing may still be on its way when the transaction is rolled back.
    const failed = written.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  });
}

const grouped = new Intl.NumberFormat('en');

const progress = (done: number, of: number) =>
  `Demo history: ${grouped.format(done)} of ${grouped.format(of)} requests`;
