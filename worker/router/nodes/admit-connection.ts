import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Pool } from '#lib/db/pool';
import { verifyHello } from '#lib/nodes/identity-proof';
import type { Message } from '#lib/nodes/messages';
import type { NodeFacts } from '#lib/nodes/node-channel';
import { MAY_CONNECT, type NodeState } from '#lib/nodes/onboarding/transitions';
import type { Peer } from '#lib/nodes/pki/check-peer';

/** Why a node may not come in. The code travels to the node; nothing about other nodes does. */
export class ConnectionRefusedError extends Error {
  override readonly name = 'ConnectionRefusedError';
  readonly code: string;
  /** Public figures of the refusal, for whoever looks after the node. */
  readonly facts: Record<string, string | number>;
  constructor(code: string, reason: string, facts: Record<string, string | number> = {}) {
    super(reason);
    this.code = code;
    this.facts = facts;
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
  name: string;
  hospitalId: string;
  datasetId: string;
  shards: number;
  lanes: number;
  state: NodeState;
  identityKey: Buffer | null;
};

/** A round's deadline is seconds away: clocks further apart than this would fail rounds. */
const MAX_CLOCK_SKEW_MS = 3_000;

/**
 * Checks a node's hello against its row: the node that its certificate names, its proof on this connection of holding the
 * identity key that was pinned when it enrolled, and the public facts it was admitted with. Throws ConnectionRefusedError.
 */
export async function admitConnection(
  pool: Pool,
  peer: Peer,
  hello: Message<'hello'>,
  challenge: { binding: Uint8Array; routerKey: string },
  ledgerEpoch: number,
  availability: number,
): Promise<{ facts: NodeFacts; state: NodeState }> {
  const { nodeId } = peer;
  if (hello.nodeId !== nodeId) {
    throw new ConnectionRefusedError('bad_certificate', "The certificate is another node's.");
  }
  const found = await pool.query<Row>(
    `UPDATE node SET last_connected_at = now() WHERE id = $1
     RETURNING name, hospital_id AS "hospitalId", dataset_id AS "datasetId", shards, lanes, state::text AS state,
       identity_key AS "identityKey"`,
    [nodeId],
  );
  const row = found.rows[0];
  if (!row?.identityKey) throw new ConnectionRefusedError('unknown_node', 'This node has not enrolled.');
  if (!MAY_CONNECT.includes(row.state)) {
    throw new ConnectionRefusedError(
      'not_admitted',
      `The node is ${row.state}; ask the federation's administrator.`,
    );
  }
  const { identityKey } = hello;
  if (identityKey !== row.identityKey.toString('hex')) {
    throw new ConnectionRefusedError(
      'identity_changed',
      'Another identity key was pinned for this node. If the node was set up anew, invite it again.',
    );
  }
  if (
    !verifyHello({ ...challenge, nodeId, identityKey }, hello.signature, publicKeyFromRaw(row.identityKey))
  ) {
    throw new ConnectionRefusedError('bad_proof', 'The hello is not signed by the identity key it names.');
  }
  if (row.shards !== hello.shards) {
    throw new ConnectionRefusedError(
      'shards_changed',
      `The node was admitted with ${row.shards} shards and says ${hello.shards}. The number of shards is public and fixed.`,
      { admitted: row.shards, said: hello.shards },
    );
  }
  await refuseOutOfStep(pool, hello, ledgerEpoch);
  const { name, hospitalId, datasetId, shards, lanes } = row;
  const { engine, conditions } = hello;
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
      conditions,
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
      { skewMs },
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
