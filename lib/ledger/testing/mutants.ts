import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { ExhaustedError } from '#lib/errors';
import { type Ledger, perRequestLedger } from '../ledger.ts';
import { reserveIn } from '../reserve.ts';
import { type Settlement, settleIn } from '../settle.ts';
import { rewriteStatements, type Subject } from './subject.ts';

/** A ledger that is broken on purpose, for the tests to find out. `touched` says whether the break took hold at all. */
export type Mutant = Subject & { touched(): boolean };

const NO_CHECK = 'ALTER TABLE account DROP CONSTRAINT account_within_cap';

/** Every mutant there is, of the ledger with one transaction a move. */
export const MUTANTS: Mutant[] = [
  statements('no idempotency', (text) =>
    // A row that is there already counts as inserted.
    /INSERT INTO request\b/.test(text)
      ? text.replace(
          /ON CONFLICT( \(id\))? DO NOTHING/,
          'ON CONFLICT (id) DO UPDATE SET replays = request.replays',
        )
      : text,
  ),
  statements('unordered locks', (text) =>
    text.replace(/ORDER BY a\.id FOR UPDATE/, 'ORDER BY random() FOR UPDATE'),
  ),
  checkThenWrite(),
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
  statements('double release', (text) =>
    /UPDATE request SET state = 'failed'/.test(text) ? text.replace(/ AND state = 'reserved'/, '') : text,
  ),
  refusedKeepsItsPart(),
  refusedFailsItsBatch(),
  { ...broken('a notice at COMMIT is taken as success'), onConnect: (client) => deafen(client) },
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

/** Looks whether it fits and writes afterwards, without lock, condition or constraint. */
function checkThenWrite(): Mutant {
  const unguarded = statements(
    'check, then write',
    (text) =>
      text
        .replace(/ AND spent_rho_pico \+ reserved_rho_pico \+ \S+ <= cap_rho_pico/, '')
        .replace(
          /WHERE a\.id = ANY\(\$1::uuid\[\]\) ORDER BY a\.id FOR UPDATE/,
          'WHERE a.id = ANY($1::uuid[])',
        ),
    NO_CHECK,
  );
  const open = (pool: Pool): Ledger => ({
    ...perRequestLedger(pool),
    reserve: async (reservation) => {
      const { rows } = await pool.query<{ short: boolean }>(
        `SELECT NOT EXISTS (SELECT 1 FROM request WHERE id = $3) AND EXISTS (SELECT 1 FROM account
           WHERE id = ANY($1) AND spent_rho_pico + reserved_rho_pico + $2 > cap_rho_pico) AS short`,
        [reservation.accountIds, reservation.rhoPico, reservation.requestId],
      );
      if (rows[0]!.short) throw new ExhaustedError('It does not fit.', { code: 'privacy_budget_exhausted' });
      return perRequestLedger(pool).reserve(reservation);
    },
  });
  return { ...unguarded, open };
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

/** Refuses without rolling back what the other accounts bore. */
function refusedKeepsItsPart(): Mutant {
  const open = (pool: Pool): Ledger => ({
    ...perRequestLedger(pool),
    reserve: async (reservation) => {
      let refusal: unknown;
      const outcome = await transaction(pool, async (client) =>
        reserveIn(client, reservation).catch((error: unknown) => {
          if (!(error instanceof ExhaustedError)) throw error;
          refusal = error;
          return 'exists' as const;
        }),
      );
      if (refusal) throw refusal;
      return outcome;
    },
  });
  return { ...broken('a refused request keeps its part'), open };
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
