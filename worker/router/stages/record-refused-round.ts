import { appendLeaf } from '#lib/audit-log/append-leaf';
import { transaction } from '#lib/db/transaction';
import type { RouterContext } from '../context.ts';

/** A node's guard refused a round: the log says so, whoever is to blame. */
export async function recordRefusedRound(
  { pool, log }: RouterContext,
  refused: { nodeId: string; requestId: string; code: string },
): Promise<void> {
  try {
    await transaction(pool, async (client) => {
      const event = { v: 1, atMs: Date.now(), type: 'node.refused_round', ...refused } as const;
      await appendLeaf(client, event, refused.nodeId);
    });
  } catch (error) {
    log.error({ err: error, ...refused }, 'a refused round is not in the audit log');
  }
}
