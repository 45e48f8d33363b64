import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#lib/crypto/canonical-json';
import type { PoolClient } from '#lib/db/pool';
import { type AuditEvent, auditEventSchema } from './events.ts';
import { leafHash } from './merkle.ts';

/**
 * Writes one leaf in the caller's transaction: what it records and the record of it stand or fall together.
 * A random salt makes equal events distinct and their hashes unguessable. Returns the leaf's hash.
 */
export async function appendLeaf(
  client: PoolClient,
  event: AuditEvent,
  subjectId: string | null,
): Promise<Buffer> {
  const entry = Buffer.from(canonicalJson({ ...auditEventSchema.parse(event), salt: randomUUID() }));
  const hash = leafHash(entry);
  await client.query(
    'INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id) VALUES ($1, $2, $3, $4, $5)',
    [randomUUID(), hash, entry, event.type, subjectId],
  );
  return hash;
}
