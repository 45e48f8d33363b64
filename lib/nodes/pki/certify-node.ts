import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import type { Authority } from './authority.ts';
import { type Issued, issueForSite } from './issue.ts';
import type { CertificateRequest } from './request.ts';
import type { SpiffeSite } from './spiffe.ts';

/** No TLS key is used for longer than this. */
export const KEY_DAYS = 365;
const DAY_MS = 86_400_000;

/** The node's key is too old to be certified again. */
export class KeyTooOldError extends Error {
  override readonly name = 'KeyTooOldError';
}

/**
 * Issues a certificate for a node's request, in the caller's transaction, with its row and its leaf. The caller has made
 * sure of who asks. Throws KeyTooOldError for a key in use for a year.
 */
export async function certifyNode(
  client: PoolClient,
  authority: Authority,
  site: SpiffeSite,
  request: CertificateRequest,
  now: Date,
): Promise<Issued> {
  const { nodeId } = site;
  const first = await client.query<{ since: Date | null }>(
    'SELECT min(key_since) AS since FROM node_certificate WHERE node_id = $1 AND spki_sha256 = $2',
    [nodeId, request.spkiSha256],
  );
  const keySince = first.rows[0]?.since ?? now;
  if (now.getTime() - keySince.getTime() > KEY_DAYS * DAY_MS) {
    throw new KeyTooOldError('This TLS key has been in use for a year. Make a new one.');
  }
  const issued = await issueForSite(authority, site, request.publicKey, now);
  const { serial, fingerprint, notBefore, notAfter, pem } = issued;
  await client.query(
    `INSERT INTO node_certificate (serial, node_id, fingerprint, not_before, not_after, spki_sha256, key_since, pem, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [serial, nodeId, fingerprint, notBefore, notAfter, request.spkiSha256, keySince, pem, now],
  );
  const spkiSha256 = request.spkiSha256.toString('hex');
  const at = { v: 1, atMs: now.getTime() } as const;
  await appendLeaf(
    client,
    { ...at, type: 'node.certificate_issued', nodeId, serial, spkiSha256, notAfterMs: notAfter.getTime() },
    nodeId,
  );
  return issued;
}
