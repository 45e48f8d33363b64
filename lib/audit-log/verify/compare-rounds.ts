import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { PoolClient } from '#lib/db/pool';
import { verifyReceipt } from '#lib/nodes/receipt';
import { STORED_RECEIPT_COLUMNS, type StoredReceipt, signedReceiptOf } from '#lib/nodes/stored-receipt';
import type { AuditEvent } from '../events.ts';
import { receiptDigests } from '../receipt-digests.ts';
import { type ClosedRequest, ClosedRequests } from './closed-requests.ts';
import type { Finding } from './finding.ts';
import { readEvent } from './read-event.ts';
import { roundFaults, type ShownRound } from './round-faults.ts';

const LEAVES_AT_ONCE = 2_000;
const HASH_SHOWN = 16;
const ROUNDS_SHOWN = 4;

type Node = { id: string; name: string; identityKey: Buffer | null };

/**
 * Holds the nodes' receipts against the leaves of their requests: those that a request was settled with are there as they
 * were, and all members of its cohort signed the same rounds. All of one moment, in the caller's transaction.
 */
export async function compareRounds(client: PoolClient): Promise<Finding[]> {
  const { rows } = await client.query<Node>(
    'SELECT id, name, identity_key AS "identityKey" FROM node ORDER BY id',
  );
  const nodes = new Map(rows.map((node) => [node.id, node]));
  const findings: Finding[] = [];
  const requests = new ClosedRequests();
  for await (const events of ledgerEvents(client)) {
    const closed = events.flatMap((event) => requests.add(event) ?? []);
    const receipts = await receiptsOf(client, closed);
    for (const request of closed)
      findings.push(...(await faultsOf(client, nodes, request, receipts.get(request.requestId) ?? [])));
  }
  return findings;
}

/** What the log says of requests, in its order, and then what waits for its place in it. */
async function* ledgerEvents(client: PoolClient): AsyncGenerator<AuditEvent[]> {
  const pages = [
    `SELECT index AS at, entry FROM audit_leaf WHERE index > $1::bigint AND type = ANY($3)
     ORDER BY index LIMIT $2`,
    `SELECT id AS at, entry FROM audit_leaf WHERE index IS NULL AND id > $1::uuid AND type = ANY($3)
     ORDER BY id LIMIT $2`,
  ];
  const types = ['ledger.reserve', 'ledger.settle', 'ledger.release'];
  for (const [i, page] of pages.entries()) {
    for (let after: bigint | string = i === 0 ? -1n : '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await client.query<{ at: bigint | string; entry: Buffer }>(page, [
        after,
        LEAVES_AT_ONCE,
        types,
      ]);
      yield rows.flatMap(({ entry }) => readEvent(entry) ?? []);
      if (rows.length < LEAVES_AT_ONCE) break;
      after = rows.at(-1)!.at;
    }
  }
}

async function receiptsOf(client: PoolClient, closed: readonly ClosedRequest[]) {
  const { rows } = await client.query<StoredReceipt>(
    `SELECT ${STORED_RECEIPT_COLUMNS} FROM node_receipt WHERE request_id = ANY($1::uuid[]) ORDER BY node_id, seq`,
    [closed.map(({ requestId }) => requestId)],
  );
  return Map.groupBy(rows, ({ requestId }) => requestId);
}

async function faultsOf(
  client: PoolClient,
  nodes: Map<string, Node>,
  request: ClosedRequest,
  receipts: readonly StoredReceipt[],
): Promise<Finding[]> {
  const { requestId, digests } = request;
  const nameOf = (id: string) => nodes.get(id)?.name ?? `node ${id}`;
  const findings = digests
    .filter((digest) => !holds(digest, receipts))
    .map(({ nodeId }) =>
      finding(
        'receipts_differ',
        `The receipts of ${nameOf(nodeId)} for request ${requestId} are not those that it was settled with.`,
      ),
    );
  const shown = receipts.map(shownBy);
  for (const fault of roundFaults(request, shown)) {
    if (fault.kind === 'outsider')
      findings.push(
        finding(
          'split_rounds',
          `Request ${requestId}: ${nameOf(fault.nodeId)} was not to be asked, and signed a round.`,
        ),
      );
    else if (fault.kind === 'split' || (await haveAll(client, fault.lacking)))
      findings.push(
        finding(
          'split_rounds',
          `The cohort of request ${requestId} was not shown the same rounds: ${whoSigned(fault.rounds, shown, nameOf)}${unproven(receipts, nodes)}.`,
        ),
      );
  }
  return findings;
}

const finding = (attack: Finding['attack'], detail: string): Finding => ({ attack, detail });

function shownBy({ nodeId, seq, headerHash }: StoredReceipt): ShownRound {
  return { nodeId, seq, h: Buffer.from(headerHash).toString('hex') };
}

/** Later ones may have come between: those of a round from which the node was absent at first. */
function holds(
  { nodeId, count, firstSeq, lastSeq, hash }: ClosedRequest['digests'][number],
  receipts: readonly StoredReceipt[],
): boolean {
  const own = receipts
    .filter((row) => row.nodeId === nodeId && row.seq >= BigInt(firstSeq) && row.seq <= BigInt(lastSeq))
    .map((row) => signedReceiptOf(row).receipt);
  return own.length > count || receiptDigests(own)[0]?.hash === hash;
}

/** Whether the ledger has every receipt of both nodes up to these: what it lacks may be what is looked for. */
async function haveAll(client: PoolClient, lacking: readonly ShownRound[]): Promise<boolean> {
  for (const { nodeId, seq } of lacking) {
    const { rows } = await client.query<{ count: bigint }>(
      'SELECT count(*) AS count FROM node_receipt WHERE node_id = $1 AND seq <= $2',
      [nodeId, seq],
    );
    if (rows[0]!.count !== seq) return false;
  }
  return true;
}

function whoSigned(rounds: readonly string[], shown: readonly ShownRound[], nameOf: (id: string) => string) {
  const told = rounds.slice(0, ROUNDS_SHOWN).map((h) => {
    const names = shown.filter((one) => one.h === h).map(({ nodeId }) => nameOf(nodeId));
    return `${names.join(', ')} signed ${h.slice(0, HASH_SHOWN)}`;
  });
  const more = rounds.length - told.length;
  return [...told, ...(more > 0 ? [`and so on for ${more} more`] : [])].join('; ');
}

/** A receipt that somebody wrote into the database is not its node's word. */
function unproven(receipts: readonly StoredReceipt[], nodes: Map<string, Node>): string {
  const others = receipts.filter((row) => {
    const key = nodes.get(row.nodeId)?.identityKey;
    return !key || !verifyReceipt(signedReceiptOf(row), publicKeyFromRaw(key));
  });
  return others.length === 0 ? '' : ` (${others.length} of these not under the keys that are pinned now)`;
}
