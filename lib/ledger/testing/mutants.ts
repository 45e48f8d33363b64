import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { openGroupLedger } from '../group-commit/group-ledger.ts';
import { type Ledger, perRequestLedger } from '../ledger.ts';
import { reserveIn } from '../reserve.ts';
import { type Settlement, settleIn } from '../settle.ts';
import { rewriteStatements, type Subject } from './subject.ts';

/** A ledger that is broken on purpose, for the tests to find out. `touched` says whether the break took hold at all. */
export type Mutant = Subject & { touched(): boolean };

/** Every mutant there is. */
export const MUTANTS: Mutant[] = [
  statements('no idempotency', (text) =>
    // A row that is there already counts as inserted.
    text.replace(
      /(INSERT INTO request\b.*)ON CONFLICT \(id\) DO NOTHING/s,
      '$1ON CONFLICT (id) DO UPDATE SET replays = request.replays',
    ),
  ),
  statements('unordered locks', (text) =>
    text.replace(
      /FROM \((.*?)ORDER BY 1\) AS wanted\(id\)/s,
      (_, wanted: string) => `FROM (SELECT * FROM (${wanted}) AS any_order ORDER BY random()) AS wanted(id)`,
    ),
  ),
  // Neither lock nor condition nor constraint: what was read is believed when it is written.
  statements(
    'check, then write',
    (text) =>
      text
        .replace(
          /AND spent_rho_pico \+ reserved_rho_pico \+ given\.spent \+ given\.reserved <= cap_rho_pico/,
          '',
        )
        .replace(/WHERE a\.id = wanted\.id FOR UPDATE/, 'WHERE a.id = wanted.id'),
    'ALTER TABLE account DROP CONSTRAINT account_within_cap',
  ),
  lostSettle(),
  {
    ...broken('refund on expiry'),
    reap: async (pool, ledger) => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM request WHERE state = 'reserved' AND reserved_until < now() ORDER BY id`,
      );
      for (const { id } of rows) await ledger.release(id, 'expired', 'Expired.');
      return rows.length;
    },
  },
  // What is closed may be closed again.
  statements('double release', (text) =>
    text
      .replace(/AND state = 'reserved' FOR UPDATE/, 'FOR UPDATE')
      .replace(/AND request\.state = 'reserved'/, ''),
  ),
  statements('a refused request keeps its row', (text) =>
    text.replace(/DELETE FROM request WHERE/, 'DELETE FROM request WHERE false AND'),
  ),
  refusedFailsItsBatch(),
  { ...broken('a notice at COMMIT is taken as success'), onConnect: deafen },
  {
    ...broken('a notice at the COMMIT of a group is taken as success'),
    sharesCommits: true,
    open: (pool) => openGroupLedger(pool),
    onConnect: deafen,
  },
];

function broken(name: string): Mutant {
  return { name, sharesCommits: false, open: perRequestLedger, touched: () => true };
}

/** Changes what is sent to the server. */
function statements(name: string, rewrite: (text: string) => string, weaken?: string): Mutant {
  let touched = false;
  const watched = (text: string) => {
    const rewritten = rewrite(text);
    touched ||= rewritten !== text;
    return rewritten;
  };
  return {
    ...broken(name),
    touched: () => touched,
    onConnect: (client) => rewriteStatements(client, watched),
    ...(weaken ? { weaken } : {}),
  };
}

/** Every third settlement is acknowledged and rolled back. */
function lostSettle(): Mutant {
  let settlements = 0;
  const lose = async (pool: Pool, settlement: Settlement) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      return await settleIn(client, settlement);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  return {
    ...broken('lost settle'),
    touched: () => settlements >= 3,
    open: (pool) => {
      const honest = perRequestLedger(pool);
      const settle = (settlement: Settlement) =>
        ++settlements % 3 === 0 ? lose(pool, settlement) : honest.settle(settlement);
      return { ...honest, settle };
    },
  };
}

/** Commits what is asked at one moment together, all of it or nothing. */
function refusedFailsItsBatch(): Mutant {
  const open = (pool: Pool): Ledger => {
    type Waiting = {
      reserve: (client: PoolClient) => Promise<void>;
      fail: (error: unknown) => void;
      done: () => void;
    };
    let batch: Waiting[] = [];
    const flush = async () => {
      const moves = batch;
      batch = [];
      try {
        await transaction(pool, async (client) => {
          for (const { reserve } of moves) await reserve(client);
        });
        for (const { done } of moves) done();
      } catch (error) {
        for (const { fail } of moves) fail(error);
      }
    };
    return {
      ...perRequestLedger(pool),
      reserve: (reservation) =>
        new Promise((resolve, reject) => {
          let outcome: 'reserved' | 'exists' = 'exists';
          if (batch.length === 0) setImmediate(() => void flush());
          batch.push({
            reserve: async (client) => {
              outcome = await reserveIn(client, reservation);
            },
            fail: reject,
            done: () => resolve(outcome),
          });
        }),
    };
  };
  return { ...broken('one refused fails its batch'), sharesCommits: true, open };
}

/** The connection hears no notice: what the server says beside "done" is lost. */
function deafen(client: PoolClient): void {
  const on = client.on.bind(client) as (...args: unknown[]) => PoolClient;
  client.on = ((event: string, listener: unknown) =>
    event === 'notice' ? client : on(event, listener)) as typeof client.on;
}
