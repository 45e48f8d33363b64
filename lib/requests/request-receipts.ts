import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Database } from '#lib/db/prisma';
import { receiptVerifier, type SignedReceipt } from '#lib/nodes/receipt';
import { type StoredReceipt, signedReceiptOf } from '#lib/nodes/stored-receipt';
import { formatRho } from '#lib/privacy/pico-rho';

/** Whether a receipt is signed by the key that is pinned for its node; `unable` where none is. */
export type Signature = 'holds' | 'fails' | 'unable';

/**
 * The nodes' signed statements for one request, by hospital: one each for a vote, one a token for a short answer, each
 * checked anew. The caller has authorised the request itself.
 */
export async function requestReceipts(db: Database, requestId: string) {
  const receipts = await db.nodeReceipt.findMany({ where: { requestId }, orderBy: { seq: 'asc' } });
  const byNode = Map.groupBy(receipts, (receipt) => receipt.nodeId);
  const nodes = await db.node.findMany({
    where: { id: { in: [...byNode.keys()] } },
    select: { id: true, name: true, identityKey: true },
  });
  const known = new Map(nodes.map((node) => [node.id, node]));
  return [...byNode]
    .map(([nodeId, own]) => {
      const node = known.get(nodeId);
      const verify = node?.identityKey ? receiptVerifier(publicKeyFromRaw(node.identityKey)) : null;
      return {
        nodeId,
        nodeName: node?.name ?? nodeId,
        rho: formatRho(own.reduce((sum, receipt) => sum + receipt.rhoPico, 0n)),
        receipts: own.map((row) => toView(row, verify)),
      };
    })
    .sort((a, b) => a.nodeName.localeCompare(b.nodeName));
}

function toView(row: StoredReceipt, verify: ((signed: SignedReceipt) => boolean) | null) {
  const read = readable(row);
  return {
    seq: row.seq.toString(),
    rho: formatRho(row.rhoPico),
    headerHash: Buffer.from(row.headerHash).toString('hex'),
    signature: Buffer.from(row.signature).toString('hex'),
    /** From the receipt to the root that was signed; empty where it was signed alone. */
    batchPath: read?.signed.path ?? [],
    verdict: signatureOf(read, verify),
  };
}

function signatureOf(
  read: SignedReceipt | null,
  verify: ((signed: SignedReceipt) => boolean) | null,
): Signature {
  if (!verify) return 'unable';
  return read && verify(read) ? 'holds' : 'fails';
}

/** Null for a row whose path was damaged. */
function readable(row: StoredReceipt): SignedReceipt | null {
  try {
    return signedReceiptOf(row);
  } catch {
    return null;
  }
}
