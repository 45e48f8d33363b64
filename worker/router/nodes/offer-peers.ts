import type { Pool } from '#lib/db/pool';
import { encodeFrame } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { MAY_CONNECT } from '#lib/nodes/onboarding/transitions';
import type { OpenConnection } from './open-connections.ts';

/** The most that one frame names. */
const MOST = 200;

type Offered = Message<'peers'>['peers'][number];

async function everyNode(pool: Pool): Promise<Offered[]> {
  const { rows } = await pool.query<Offered>(
    `SELECT n.id AS "nodeId", n.name, h.name AS hospital, h.region, encode(n.identity_key, 'hex') AS "identityKey"
     FROM node n JOIN hospital h ON h.id = n.hospital_id
     WHERE n.state::text = ANY($1) AND n.identity_key IS NOT NULL ORDER BY n.created_at, n.id LIMIT $2`,
    [MAY_CONNECT, MOST],
  );
  return rows;
}

/** Whom a hospital may pin: who takes part, or will, but itself. */
export async function otherNodes(pool: Pool, nodeId: string): Promise<Offered[]> {
  return (await everyNode(pool)).filter((row) => row.nodeId !== nodeId);
}

/** Tells these nodes who takes part and by which key. It is an offer: only a hospital itself pins a peer. */
export async function offerPeers(pool: Pool, to: readonly OpenConnection[]): Promise<void> {
  if (to.length === 0) return;
  const rows = await everyNode(pool);
  for (const { nodeId, send } of to) {
    send(encodeFrame('peers', { peers: rows.filter((row) => row.nodeId !== nodeId) }));
  }
}
