import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import { leafHash, nodeHash } from '#lib/audit-log/merkle';
import type { Pool } from '#lib/db/pool';
import type { TestDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { release } from '#lib/ledger/release';
import { reserve } from '#lib/ledger/reserve';
import { settle } from '#lib/ledger/settle';
import { madeUpReservation, madeUpSettlement, openAccounts } from '#lib/ledger/testing/made-up-moves';
import type { WitnessedLog } from './witnesses.ts';

/** So many entries fill a tile and begin the next. */
export const FILLING = 260;

/** A ledger with charges, a release, a part charge and something set aside, all in a witnessed log of several heads. */
export async function auditedLedger(db: TestDatabase, log: WitnessedLog): Promise<{ accountIds: string[] }> {
  const accountIds = await openAccounts(db.pool, [1000n, 1000n, 1000n]);
  await log.advance();
  const ask = async (rhoPico: bigint) => {
    const asked = madeUpReservation({ accountIds, replica: 'test', rhoPico });
    await reserve(db.pool, asked);
    return asked.requestId;
  };
  await settle(db.pool, madeUpSettlement(await ask(7n)));
  await settle(db.pool, madeUpSettlement(await ask(9n), { chargeRhoPico: 4n }));
  await log.advance();
  await release(db.pool, await ask(20n), 'cohort_too_small', 'too small');
  await ask(5n);
  await log.advance();
  await writeFilling(db.pool, FILLING);
  await log.advance();
  return { accountIds };
}

export async function writeFilling(pool: Pool, leaves: number): Promise<void> {
  const closed = () => ({ v: 1 as const, atMs: 1, type: 'session.closed' as const, by: randomUUID() });
  await transaction(pool, async (client) => {
    await Promise.all(Array.from({ length: leaves }, () => appendLeaf(client, closed(), null)));
  });
}

/** What somebody does who holds the database and not the key: makes every stored hash fit what the entries are now. */
export async function rebuildHashes(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string; entry: Buffer }>(
    'SELECT id, entry FROM audit_leaf WHERE index IS NOT NULL ORDER BY index',
  );
  await pool.query(
    `UPDATE audit_leaf SET leaf_hash = given.hash FROM unnest($1::uuid[], $2::bytea[]) AS given(id, hash)
     WHERE audit_leaf.id = given.id`,
    [rows.map(({ id }) => id), rows.map(({ entry }) => leafHash(entry))],
  );
  await pool.query('DELETE FROM audit_node');
  let hashes = rows.map(({ entry }) => leafHash(entry));
  for (let level = 0; hashes.length > 0; level++) {
    const stored = hashes;
    await pool.query(
      'INSERT INTO audit_node (level, index, hash) SELECT $1, i - 1, h FROM unnest($2::bytea[]) WITH ORDINALITY AS t(h, i)',
      [level, stored],
    );
    hashes = Array.from({ length: stored.length >> 1 }, (_, i) =>
      nodeHash(stored[2 * i]!, stored[2 * i + 1]!),
    );
  }
}
