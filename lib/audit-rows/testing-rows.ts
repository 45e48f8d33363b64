import { generateKeyPairSync } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { LogSigner } from '#lib/audit-log/checkpoint';
import type { AuditEvent } from '#lib/audit-log/events';
import { integrate } from '#lib/audit-log/integrate';
import { keyInMemory } from '#lib/crypto/key-custody';
import type { TestDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';

export type Written = {
  event: AuditEvent;
  subjectId?: string;
  organisations?: string[];
  accounts?: string[];
};

/** A log of a test's own, whose leaves have their rows. */
export function testRows(db: TestDatabase) {
  const signer: LogSigner = {
    origin: 'fdlr/test',
    key: keyInMemory(generateKeyPairSync('ed25519').privateKey),
  };
  return {
    signer,
    /** Logs events one after the other and takes them into the tree; returns their indexes. */
    async write(written: readonly Written[]): Promise<string[]> {
      const hashes: Buffer[] = [];
      for (const { event, subjectId = null } of written) {
        const at = new Date(event.atMs);
        hashes.push(await transaction(db.pool, (client) => appendLeaf(client, event, subjectId, at)));
        await integrate(db.pool, signer);
      }
      const rows: string[] = [];
      for (const [at, hash] of hashes.entries()) rows.push(await fill(db, hash, written[at]!));
      return rows;
    },
  };
}

/** What the job that integrates leaves does, in the plainest way. */
async function fill(db: TestDatabase, hash: Buffer, written: Written): Promise<string> {
  const { event, subjectId = null, organisations = [], accounts = [] } = written;
  const leaf = await db.prisma.auditLeaf.findUniqueOrThrow({ where: { leafHash: new Uint8Array(hash) } });
  const index = leaf.index!;
  const actor = 'by' in event ? event.by : 'principal' in event ? event.principal : null;
  await db.pool.query(
    `INSERT INTO audit_row (index, leaf_hash, type, actor, subject_id, at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [index, hash, event.type, actor, subjectId, new Date(event.atMs)],
  );
  for (const [table, column, ids] of [
    ['audit_row_organisation', 'organisation_id', organisations],
    ['audit_row_account', 'account_id', accounts],
  ] as const)
    for (const id of ids)
      await db.pool.query(`INSERT INTO ${table} (${column}, index) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
        id,
        index,
      ]);
  return String(index);
}
