import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { ForbiddenError } from '#lib/errors';
import type { Authority } from '../pki/authority.ts';
import { certifyNode } from '../pki/certify-node.ts';
import { readRequest } from '../pki/request.ts';
import { recordAttempt } from './attempt-codes.ts';
import { verifyStatus } from './enrol-proof.ts';
import type { EnrolStatusReply, EnrolStatusRequest } from './enrol-schemas.ts';
import { MAY_CONNECT, type NodeState } from './transitions.ts';

/** A status is asked for every few seconds: one that is older than this was recorded by somebody. */
const MAX_AGE_MS = 60_000;

type Row = { state: NodeState; identityKey: Buffer | null; csr: Buffer | null };

/**
 * How far a node's enrolment is, for whoever holds its identity key. A node that was certified gets its certificate with
 * it, issued now where it has none: here, where the authority's key is, and not in the console.
 */
export async function enrolmentStatus(
  pool: Pool,
  request: EnrolStatusRequest,
  { authority, federationId }: { authority: Authority; federationId: string },
  now: Date,
): Promise<Omit<EnrolStatusReply, 'peers'>> {
  const { nodeId } = request;
  return transaction(pool, async (client) => {
    const found = await client.query<Row>(
      `SELECT state::text AS state, identity_key AS "identityKey", csr FROM node WHERE id = $1 FOR UPDATE`,
      [nodeId],
    );
    const node = found.rows[0];
    // The same words for a node that is not there and for a key that is not its own.
    const isOwn =
      node?.identityKey && verifyStatus(request, authority.fingerprint, publicKeyFromRaw(node.identityKey));
    if (!isOwn) throw new ForbiddenError('This node is not known by this key.', { code: 'unknown_node' });
    const skewMs = Math.abs(now.getTime() - request.clockMs);
    if (skewMs > MAX_AGE_MS) {
      await recordAttempt(pool, nodeId, 'clock_skew', { skewMs });
      throw new ForbiddenError("The clocks differ too much. Set this machine's clock.", {
        code: 'clock_skew',
      });
    }
    if (!MAY_CONNECT.includes(node.state) || !node.csr) return { state: node.state, certificate: null };
    const asked = await readRequest(node.csr);
    if (!asked) return { state: node.state, certificate: null };
    const issued = await client.query<{ pem: string }>(
      `SELECT pem FROM node_certificate WHERE node_id = $1 AND spki_sha256 = $2 AND revoked_at IS NULL
         AND not_after > $3 ORDER BY not_after DESC LIMIT 1`,
      [nodeId, asked.spkiSha256, now],
    );
    const certificate =
      issued.rows[0]?.pem ?? (await certifyNode(client, authority, { federationId, nodeId }, asked, now)).pem;
    return { state: node.state, certificate };
  });
}
