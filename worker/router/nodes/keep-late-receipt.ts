import { keepProven } from '#lib/ledger/reconcile/keep-proven';
import { TwoReceiptsError } from '#lib/ledger/reconcile/keep-receipts';
import { periodsSince } from '#lib/ledger/reconcile/periods-since';
import type { NodeFacts } from '#lib/nodes/node-channel';
import type { SignedReceipt } from '#lib/nodes/receipt';
import type { RouterContext } from '../context.ts';
import { raiseReceiptGap } from './raise-receipt-gap.ts';

/**
 * Keeps the receipt of a round that had failed before it came. Where that does not work the receipt stays a gap, which is
 * filled when the node connects again.
 */
export async function keepLateReceipt(
  context: RouterContext,
  facts: NodeFacts,
  signed: SignedReceipt,
): Promise<void> {
  const now = new Date();
  try {
    await keepProven(context.pool, [signed], await periodsSince(context.pool, facts.nodeId, now), now);
  } catch (error) {
    if (error instanceof TwoReceiptsError) await raiseReceiptGap(context, facts.nodeId, error.seq);
    context.log.error({ node: facts.name, err: error }, 'a late receipt was not kept');
  }
}
