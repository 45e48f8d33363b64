import { transaction } from '#lib/db/transaction';
import { encodeFrame } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { MAY_CONNECT, type NodeState } from '#lib/nodes/onboarding/transitions';
import { certifyNode, KeyTooOldError } from '#lib/nodes/pki/certify-node';
import { readRequest } from '#lib/nodes/pki/request';
import type { RouterContext } from '../context.ts';
import type { ChannelTrust } from './channel-trust.ts';

/** A node asks again often only when something is wrong with it. */
const MOST_A_DAY = 10;

/**
 * Certifies what a connected node asks for: it has shown on this connection who it is. The connection goes on as it is;
 * the node uses the new certificate the next time it dials. Returns the frame to answer with.
 */
export async function renewCertificate(
  { pool, log }: RouterContext,
  { authority, federationId }: ChannelTrust,
  nodeId: string,
  { csr }: Message<'certificateRequest'>,
): Promise<Buffer> {
  const refuse = (code: string, reason: string) => {
    log.warn({ nodeId, code }, 'a certificate was refused');
    return encodeFrame('certificateRefused', { code, reason });
  };
  const request = await readRequest(Buffer.from(csr, 'base64'));
  if (!request) return refuse('bad_request', 'This is no P-256 certificate request signed by its own key.');
  try {
    return await transaction(pool, async (client) => {
      const node = await client.query<{ state: NodeState }>(
        'SELECT state::text AS state FROM node WHERE id = $1 FOR UPDATE',
        [nodeId],
      );
      const state = node.rows[0]?.state;
      if (!state || !MAY_CONNECT.includes(state)) return refuse('not_admitted', 'This node is not let in.');
      const lately = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM node_certificate
         WHERE node_id = $1 AND created_at > now() - interval '1 day'`,
        [nodeId],
      );
      if (lately.rows[0]!.count >= MOST_A_DAY)
        return refuse('too_many', 'This node had its certificates of today. Try again tomorrow.');
      const { pem, notAfter } = await certifyNode(
        client,
        authority,
        { federationId, nodeId },
        request,
        new Date(),
      );
      log.info({ nodeId, notAfter }, 'a certificate was issued');
      return encodeFrame('certificate', { pem });
    });
  } catch (error) {
    if (error instanceof KeyTooOldError) return refuse('key_too_old', error.message);
    throw error;
  }
}
