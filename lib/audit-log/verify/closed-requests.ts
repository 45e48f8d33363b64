import { z } from 'zod';
import { MASKINGS, type Masking } from '#lib/secure-aggregation/masking-choice';
import type { AuditEvent } from '../events.ts';
import type { ReceiptDigest } from '../receipt-digests.ts';

/** A request that was settled, as its two leaves say it. */
export type ClosedRequest = {
  requestId: string;
  mechanism: string;
  /** Ids of the nodes that were asked. */
  cohort: string[];
  masking: Masking;
  outcome: 'answered' | 'failed';
  /** The receipts that it was settled with, one digest a node. */
  digests: ReceiptDigest[];
};

type Settle = Extract<AuditEvent, { type: 'ledger.settle' }>;
type Asked = Pick<ClosedRequest, 'mechanism' | 'cohort' | 'masking'>;

/** Before there were masks every member had to answer. */
const parametersSchema = z.object({
  cohort: z.array(z.uuid()).catch([]),
  masking: z.enum(MASKINGS).catch('all-or-nothing'),
});

/** Puts the leaves of requests together, of which only those that are open are kept. */
export class ClosedRequests {
  readonly #open = new Map<string, Asked>();
  /** Leaves of one millisecond have no order among them: a closing may stand before what it closes. */
  readonly #closedFirst = new Map<string, Settle>();

  /** Null unless this closes a request that hospitals were asked for. */
  add(event: AuditEvent): ClosedRequest | null {
    if (event.type === 'ledger.reserve') return this.#reserve(event);
    if (event.type === 'ledger.release') this.#open.delete(event.requestId);
    if (event.type !== 'ledger.settle') return null;
    const asked = this.#open.get(event.requestId);
    if (!asked) this.#closedFirst.set(event.requestId, event);
    this.#open.delete(event.requestId);
    return asked ? closed(asked, event) : null;
  }

  #reserve(event: Extract<AuditEvent, { type: 'ledger.reserve' }>): ClosedRequest | null {
    const { requestId, mechanism, parameters } = event;
    const asked = { mechanism, ...parametersSchema.parse(parameters) };
    const settle = this.#closedFirst.get(requestId);
    this.#closedFirst.delete(requestId);
    if (settle) return closed(asked, settle);
    this.#open.set(requestId, asked);
    return null;
  }
}

function closed(asked: Asked, { requestId, outcome, receipts }: Settle): ClosedRequest | null {
  return asked.cohort.length === 0 ? null : { requestId, ...asked, outcome, digests: receipts };
}
