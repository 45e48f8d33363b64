import type { Deficit, Homeless } from './deficits.ts';

/** How the receipts of one node stand after a reconciliation. */
export type NodeReport = {
  nodeId: string;
  name: string;
  /** The spend log that was given; null when there was none. */
  file: string | null;
  /** Receipts that the ledger lacked. */
  added: number;
  lastSeq: number;
  /** The first receipt that is missing, changed or signed twice: its datasets are frozen. */
  brokenAtSeq: number | null;
};

/** What was charged to one account that receipts prove. */
export type AccountReport = {
  accountId: string;
  kind: string;
  name: string;
  period: string;
  chargedRhoPico: bigint;
  spentRhoPico: bigint;
  capRhoPico: bigint;
};

export type ReconcileReport = {
  dryRun: boolean;
  epoch: { from: number; to: number };
  nodes: NodeReport[];
  receiptsAdded: number;
  /** Reservations without a router: charged in full, as ever (in a dry run: that would be). */
  reservationsCharged: number;
  requestsCharged: number;
  /** Of those the ones that the ledger knows nothing of: who asked cannot be known. */
  requestsUnknown: number;
  accounts: AccountReport[];
  overCap: Deficit[];
  homeless: Homeless[];
  /** Accounts that were frozen now. */
  frozen: string[];
};

/** Whether the ledger now bears all that receipts prove, of chains without a gap. */
export function isWhole({ nodes, overCap, homeless }: ReconcileReport): boolean {
  return overCap.length === 0 && homeless.length === 0 && nodes.every((node) => node.brokenAtSeq === null);
}
