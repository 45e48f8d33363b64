import { createHash, timingSafeEqual } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { verifyHello } from '#lib/nodes/identity-proof';
import type { Message } from '#lib/nodes/messages';
import type { NodeFacts } from '#lib/nodes/node-channel';

/** Why a node may not come in. The code travels to the node; nothing about other nodes does. */
export class ConnectionRefusedError extends Error {
  override readonly name = 'ConnectionRefusedError';
  readonly code: string;
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** The node has lost receipts that the ledger holds. */
export class SpendLogBehindError extends ConnectionRefusedError {
  /** The first number that its log lacks. */
  readonly seq: number;
  constructor(heldSeq: bigint, lastSeq: number) {
    super(
      'spend_log_behind',
      `The ledger holds receipt ${heldSeq} of this node, whose spend log ends at ${lastSeq}. Bring the log back.`,
    );
    this.seq = lastSeq + 1;
  }
}

type Row = {
  id: string;
  name: string;
  hospitalId: string;
  datasetId: string;
  shards: number;
  lanes: number;
  state: string;
  token_sha256: Buffer;
};

/** A round's deadline is seconds away: clocks further apart than this would fail rounds. */
const MAX_CLOCK_SKEW_MS = 3_000;
const MAY_CONNECT = ['certified', 'admitted', 'draining'];

/**
 * Checks a node's hello against its row: the token it dialled with, its proof of holding its identity key, the key
 * pinned at its first connection, and the public facts it was admitted with. Throws ConnectionRefusedError.
 */
export async function admitConnection(
  pool: Pool,
  token: string,
  hello: Message<'hello'>,
  challenge: { nonce: string; routerKey: string },
  ledgerEpoch: number,
  availability: number,
): Promise<{ facts: NodeFacts; state: string }> {
  const found = await pool.query<Row>(
    `SELECT id, name, hospital_id AS "hospitalId", dataset_id AS "datasetId", shards, lanes, state::text AS state,
       token_sha256 FROM node WHERE id = $1`,
    [hello.nodeId],
  );
  const row = found.rows[0];
  const presented = createHash('sha256').update(token).digest();
  // One message for an unknown node and a wrong token: a stranger learns nothing about who exists.
  if (!row || !timingSafeEqual(presented, row.token_sha256)) {
    throw new ConnectionRefusedError('unknown_node', 'This node id and token do not belong together.');
  }
  if (!MAY_CONNECT.includes(row.state)) {
    throw new ConnectionRefusedError(
      'not_admitted',
      `The node is ${row.state}; ask the federation's administrator.`,
    );
  }
  const identity = Buffer.from(hello.identityKey, 'hex');
  const proof = { ...challenge, nodeId: hello.nodeId, identityKey: hello.identityKey };
  if (!verifyHello(proof, hello.signature, publicKeyFromRaw(identity))) {
    throw new ConnectionRefusedError('bad_proof', 'The hello is not signed by the identity key it names.');
  }
  if (row.shards !== hello.shards) {
    throw new ConnectionRefusedError(
      'shards_changed',
      `The node was admitted with ${row.shards} shards and says ${hello.shards}. The number of shards is public and fixed.`,
    );
  }
  await refuseOutOfStep(pool, hello, ledgerEpoch);
  await pinIdentity(pool, row.id, identity);
  const { id: nodeId, name, hospitalId, datasetId, shards, lanes } = row;
  const { engine } = hello;
  const leftRhoPico = BigInt(hello.leftRhoPico);
  return {
    state: row.state,
    facts: {
      nodeId,
      name,
      hospitalId,
      datasetId,
      shards,
      lanes,
      engine,
      leftRhoPico,
      probeMs: null,
      availability,
    },
  };
}

/** Faults that would make every round fail, and be charged: better found at the door. */
async function refuseOutOfStep(pool: Pool, hello: Message<'hello'>, ledgerEpoch: number): Promise<void> {
  const skewMs = Math.abs(hello.clockMs - Date.now());
  if (skewMs > MAX_CLOCK_SKEW_MS) {
    throw new ConnectionRefusedError(
      'clock_skew',
      `The clocks differ by ${skewMs} ms; set the node's clock.`,
    );
  }
  if (hello.ledgerEpoch > ledgerEpoch) {
    throw new ConnectionRefusedError(
      'ledger_behind',
      `The node has answered under ledger epoch ${hello.ledgerEpoch}; this ledger is at ${ledgerEpoch}.`,
    );
  }
  const last = await pool.query<{ seq: bigint | null }>(
    'SELECT max(seq) AS seq FROM node_receipt WHERE node_id = $1',
    [hello.nodeId],
  );
  const heldSeq = last.rows[0]?.seq ?? 0n;
  if (heldSeq > BigInt(hello.lastSeq)) throw new SpendLogBehindError(heldSeq, hello.lastSeq);
}

/** The first key to be pinned is the node's; two first connections at once cannot both be it. */
async function pinIdentity(pool: Pool, nodeId: string, identity: Buffer): Promise<void> {
  await transaction(pool, async (client) => {
    const pinned = await client.query<{ identity_key: Buffer | null }>(
      'SELECT identity_key FROM node WHERE id = $1 FOR UPDATE',
      [nodeId],
    );
    const known = pinned.rows[0]?.identity_key;
    if (known && !known.equals(identity)) {
      throw new ConnectionRefusedError(
        'identity_changed',
        'Another identity key was pinned for this node. If the node was set up anew, invite it again.',
      );
    }
    await client.query('UPDATE node SET identity_key = $2, last_connected_at = now() WHERE id = $1', [
      nodeId,
      identity,
    ]);
    if (known) return;
    const identityKey = identity.toString('hex');
    await appendLeaf(client, { v: 1, atMs: Date.now(), type: 'node.pinned', nodeId, identityKey }, nodeId);
  });
}
