import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';

/**
 * The nodes' signed statements for one request, by hospital: one each for a vote, one a token for a short answer. The
 * caller has authorised the request itself.
 */
export async function requestReceipts(db: Database, requestId: string) {
  const receipts = await db.nodeReceipt.findMany({
    where: { requestId },
    orderBy: { seq: 'asc' },
    select: { nodeId: true, seq: true, rhoPico: true, headerHash: true },
  });
  const byNode = Map.groupBy(receipts, (receipt) => receipt.nodeId);
  const nodes = await db.node.findMany({
    where: { id: { in: [...byNode.keys()] } },
    select: { id: true, name: true },
  });
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  return [...byNode]
    .map(([nodeId, own]) => ({
      nodeId,
      nodeName: names.get(nodeId) ?? nodeId,
      rho: formatRho(own.reduce((sum, receipt) => sum + receipt.rhoPico, 0n)),
      receipts: own.map((receipt) => ({
        seq: receipt.seq.toString(),
        rho: formatRho(receipt.rhoPico),
        headerHash: Buffer.from(receipt.headerHash).toString('hex'),
      })),
    }))
    .sort((a, b) => a.nodeName.localeCompare(b.nodeName));
}
