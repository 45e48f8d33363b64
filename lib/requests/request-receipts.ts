import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';

/** The nodes' signed statements for one request; the caller has authorised the request itself. */
export async function requestReceipts(db: Database, requestId: string) {
  const receipts = await db.nodeReceipt.findMany({ where: { requestId } });
  const nodes = await db.node.findMany({
    where: { id: { in: receipts.map((receipt) => receipt.nodeId) } },
    select: { id: true, name: true },
  });
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  return receipts
    .map((receipt) => ({
      nodeId: receipt.nodeId,
      nodeName: names.get(receipt.nodeId) ?? receipt.nodeId,
      seq: receipt.seq.toString(),
      rho: formatRho(receipt.rhoPico),
      headerHash: Buffer.from(receipt.headerHash).toString('hex'),
      createdAt: receipt.createdAt,
    }))
    .sort((a, b) => a.nodeName.localeCompare(b.nodeName));
}
