import { transaction } from '#lib/db/transaction';
import { type NodeRefusal, recordRefusal } from '#lib/nodes/record-refusal';
import { PROTOCOL_FAULTS } from '#lib/secure-aggregation/protocol-error';
import type { RouterContext } from '../context.ts';

/** Leaves a trace of a refusal in the audit log; a router that stops waits for it. Never throws: who was refused stays so. */
export function recordNodeRefusal(context: RouterContext, refusal: NodeRefusal): Promise<void> {
  const recorded = transaction(context.pool, (client) => recordRefusal(client, refusal, new Date())).catch(
    (error: unknown) => {
      context.log.error({ err: error, ...refusal }, 'a refusal is not in the audit log');
    },
  );
  context.inFlight.add(recorded);
  void recorded.finally(() => context.inFlight.delete(recorded));
  return recorded;
}

/** A node's word for why it does not unmask, if it is one of ours: it shall not write its own into the log. */
export function knownCode(code: string): string {
  return code === 'unknown_round' || PROTOCOL_FAULTS.some((known) => known === code) ? code : 'other';
}
