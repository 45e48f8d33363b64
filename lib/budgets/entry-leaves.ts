import { z } from 'zod';
import type { Database } from '#lib/db/prisma';
import type { EntryRow } from './account-entries.ts';

/** The leaf that records a kind of entry. What an answer did not use is given back by the settlement itself. */
const LEAVES_OF: Record<EntryRow['kind'], readonly string[]> = {
  reserve: ['ledger.reserve'],
  settle: ['ledger.settle'],
  release: ['ledger.release', 'ledger.settle'],
  adjust: ['ledger.adjust'],
};

const moves = z.object({ accounts: z.array(z.object({ accountId: z.string() })) });

type Entry = Pick<EntryRow, 'id' | 'requestId' | 'kind'>;

/** The hash of each entry's leaf in the audit log, hex. One that has none is missing. */
export async function entryLeaves(
  db: Database,
  accountId: string,
  entries: readonly Entry[],
): Promise<Map<string, string>> {
  const leaves = await db.auditLeaf.findMany({
    where: { subjectId: { in: [...new Set(entries.map(({ requestId }) => requestId))] } },
    orderBy: { createdAt: 'asc' },
    select: { subjectId: true, type: true, leafHash: true, entry: true },
  });
  const byRequest = Map.groupBy(leaves, ({ subjectId }) => subjectId);
  return new Map(
    entries.flatMap(({ id, requestId, kind }) => {
      const own = byRequest.get(requestId) ?? [];
      const leaf = LEAVES_OF[kind]
        .flatMap((type) => own.filter((candidate) => candidate.type === type))
        // A request may be adjusted more than once, on one account each.
        .find(({ entry }) => kind !== 'adjust' || touches(entry, accountId));
      return leaf ? [[id, Buffer.from(leaf.leafHash).toString('hex')] as const] : [];
    }),
  );
}

function touches(entry: Uint8Array, accountId: string): boolean {
  const parsed = moves.safeParse(JSON.parse(Buffer.from(entry).toString('utf8')));
  return parsed.success && parsed.data.accounts.some((move) => move.accountId === accountId);
}
