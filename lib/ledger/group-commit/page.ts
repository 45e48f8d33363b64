import type { NewLeaf } from '#lib/audit-log/append-leaf';
import type { SignedReceipt } from '../insert-receipts.ts';
import type { Change } from './books.ts';

/** A line of the append-only ledger, and what a report needs to recompute it. */
export type Entry = Change & {
  requestId: string;
  kind: 'reserve' | 'settle' | 'release';
  mechanism: string;
  parametersJson: string;
};

/** How the row of a request ends. */
export type ClosedRequest = {
  requestId: string;
  state: 'answered' | 'failed';
  code: string | null;
  message: string | null;
  /** null keeps what is there. */
  stagesMsJson: string | null;
  /** null is the whole of what was reserved. */
  chargedRhoPico: bigint | null;
  answer: Buffer | null;
};

/** What one move writes beside the balances: the same whether it commits alone or with others. */
export type Page = {
  entries: Entry[];
  leaf: NewLeaf;
  closed: ClosedRequest | null;
  receipts: readonly SignedReceipt[];
  /** An answer needs every receipt to be new; a failed request is charged whatever its nodes sent. */
  needsReceipts: boolean;
};
