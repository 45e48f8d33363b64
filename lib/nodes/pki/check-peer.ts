import type { TLSSocket } from 'node:tls';
import type { Pool } from '#lib/db/pool';
import { readSpiffe } from './spiffe.ts';

export type PeerFault = 'no_certificate' | 'bad_certificate' | 'certificate_expired' | 'certificate_revoked';
export type Peer = { nodeId: string; serial: string };

/**
 * Who dialled, by the certificate that TLS has verified against our authority: in force, of this federation, issued here
 * to this very node and not revoked. Whatever is not all of that is a fault.
 */
export async function checkPeer(
  pool: Pool,
  socket: TLSSocket,
  federationId: string,
  now: Date,
): Promise<Peer | { fault: PeerFault; nodeId?: string }> {
  const presented = socket.getPeerX509Certificate();
  if (!presented) return { fault: 'no_certificate' };
  const fingerprint = presented.fingerprint256.replaceAll(':', '').toLowerCase();
  if (!socket.authorized) {
    const expired = String(socket.authorizationError).includes('CERT_HAS_EXPIRED');
    return expired ? expiredOne(pool, fingerprint) : { fault: 'bad_certificate' };
  }
  const site = readSpiffe(presented.subjectAltName);
  if (site?.federationId !== federationId) return { fault: 'bad_certificate' };
  return standing(pool, site.nodeId, fingerprint, now);
}

/** Whose it was, if it is bit for bit one that was issued here: the handshake has proved its key. */
async function expiredOne(pool: Pool, fingerprint: string) {
  const found = await pool.query<{ nodeId: string }>(
    'SELECT node_id AS "nodeId" FROM node_certificate WHERE fingerprint = $1',
    [fingerprint],
  );
  const nodeId = found.rows[0]?.nodeId;
  return { fault: 'certificate_expired' as const, ...(nodeId !== undefined && { nodeId }) };
}

async function standing(pool: Pool, nodeId: string, fingerprint: string, now: Date) {
  const found = await pool.query<{ serial: string; nodeId: string; notAfter: Date; revokedAt: Date | null }>(
    `SELECT serial, node_id AS "nodeId", not_after AS "notAfter", revoked_at AS "revokedAt"
     FROM node_certificate WHERE fingerprint = $1`,
    [fingerprint],
  );
  const row = found.rows[0];
  if (row?.nodeId !== nodeId) return { fault: 'bad_certificate' as const };
  if (row.revokedAt) return { fault: 'certificate_revoked' as const, nodeId };
  // The chain is checked at the handshake only: a session may be resumed later.
  if (row.notAfter <= now) return { fault: 'certificate_expired' as const, nodeId };
  return { nodeId, serial: row.serial };
}
