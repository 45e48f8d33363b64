import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { uuidV7 } from '#lib/crypto/uuid';
import { givenRows } from '#lib/db/given-rows';
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
  await insertLeaves(client, [leaf], at);
  return leaf.leafHash;
}

const insertion = givenRows<NewLeaf>(
  [
    ['id', 'uuid', (leaf) => leaf.id],
    ['leaf_hash', 'bytea', (leaf) => leaf.leafHash],
    ['entry', 'bytea', (leaf) => leaf.entry],
    ['type', 'text', (leaf) => leaf.type],
    ['subject_id', 'uuid', (leaf) => leaf.subjectId],
  ],
  (given, at) => `
    INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id, created_at)
    SELECT given.*, coalesce($${at}, now()) FROM ${given}`,
);

/** The same for leaves that were made before, for those who need their hashes while they are being written. */
export async function insertLeaves(
  client: PoolClient,
  leaves: readonly NewLeaf[],
  at: Date | null = null,
): Promise<void> {
  if (leaves.length > 0) await client.query(...insertion(leaves, at));
}

/** The same for the verbs of the console, whose transactions are Prisma's. */
export async function recordLeaf(
  transaction: Pick<PrismaTransaction, 'auditLeaf'>,
  event: AuditEvent,
  subjectId: string | null,
): Promise<void> {
  await transaction.auditLeaf.create({ data: leafRow(event, subjectId) });
}

/** A leaf as Prisma takes it, for those whose transaction is a list. */
export function leafRow(event: AuditEvent, subjectId: string | null) {
  const { leafHash, entry, ...leaf } = newLeaf(event, subjectId);
  return { ...leaf, leafHash: new Uint8Array(leafHash), entry: new Uint8Array(entry) };
}

/** Throws EntryTooLongError for what the log cannot carry. */
export function newLeaf(event: AuditEvent, subjectId: string | null): NewLeaf {
  const entry = Buffer.from(canonicalJson({ ...auditEventSchema.parse(event), salt: randomUUID() }));
  requireEntryFits(entry);
  return { id: uuidV7(), leafHash: leafHash(entry), entry, type: event.type, subjectId };
}
