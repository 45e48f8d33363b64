import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#lib/crypto/canonical-json';
import type { PoolClient } from '#lib/db/pool';
import type { PrismaTransaction } from '#lib/db/prisma';
import { requireEntryFits } from './entry-bundle.ts';
import { type AuditEvent, auditEventSchema } from './events.ts';
import { leafHash } from './merkle.ts';

/** A leaf that is not written yet. */
export type NewLeaf = { id: string; leafHash: Buffer; entry: Buffer; type: string; subjectId: string | null };

/**
 * Writes one leaf in the caller's transaction: what it records and the record of it stand or fall together.
 * A random salt makes equal events distinct and their hashes unguessable. Returns the leaf's hash.
 * @param at when the row was made; null is now, by the database's clock.
 */
export async function appendLeaf(
  client: PoolClient,
  event: AuditEvent,
  subjectId: string | null,
  at: Date | null = null,
): Promise<Buffer> {
  const leaf = newLeaf(event, subjectId);
  await insertLeaf(client, leaf, at);
  return leaf.leafHash;
}

/** The same for a leaf that was made before, for those who need its hash while it is being written. */
export async function insertLeaf(client: PoolClient, leaf: NewLeaf, at: Date | null = null): Promise<void> {
  await client.query(
    `INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id, created_at)
     VALUES ($1, $2, $3, $4, $5, coalesce($6, now()))`,
    [leaf.id, leaf.leafHash, leaf.entry, leaf.type, leaf.subjectId, at],
  );
}

/** The same for the verbs of the console, whose transactions are Prisma's. */
export async function recordLeaf(
  transaction: Pick<PrismaTransaction, 'auditLeaf'>,
  event: AuditEvent,
  subjectId: string | null,
): Promise<void> {
  const { leafHash, entry, ...leaf } = newLeaf(event, subjectId);
  await transaction.auditLeaf.create({
    data: { ...leaf, leafHash: new Uint8Array(leafHash), entry: new Uint8Array(entry) },
  });
}

/** Throws EntryTooLongError for what the log cannot carry. */
export function newLeaf(event: AuditEvent, subjectId: string | null): NewLeaf {
  const entry = Buffer.from(canonicalJson({ ...auditEventSchema.parse(event), salt: randomUUID() }));
  requireEntryFits(entry);
  return { id: randomUUID(), leafHash: leafHash(entry), entry, type: event.type, subjectId };
}
