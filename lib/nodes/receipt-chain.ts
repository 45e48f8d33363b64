import { FIRST_PREV_HASH, type Receipt, receiptHash } from './receipt.ts';

/** Where a node's chain of receipts stands: what the next one has to follow. */
export type ChainHead = {
  /** Null before the first receipt. */
  nodeId: string | null;
  seq: number;
  /** Hash of the last receipt, hex. */
  hash: string;
  totalRhoPico: bigint;
  /** Of the ledger that the last one was signed under; 0 before the first. */
  ledgerEpoch: number;
};

export const EMPTY_CHAIN: ChainHead = {
  nodeId: null,
  seq: 0,
  hash: FIRST_PREV_HASH,
  totalRhoPico: 0n,
  ledgerEpoch: 0,
};

export function headAfter(receipt: Receipt): ChainHead {
  const { nodeId, seq, runningTotalPico, ledgerEpoch } = receipt;
  const hash = receiptHash(receipt).toString('hex');
  return { nodeId, seq, hash, totalRhoPico: BigInt(runningTotalPico), ledgerEpoch };
}

/** Why a receipt does not follow: another node's, a number left out or repeated, another past, an older ledger, a wrong sum. */
export type ChainFault = 'node' | 'number' | 'link' | 'epoch' | 'total';

/** Null when `receipt` is the one after `head`. */
export function chainFault(head: ChainHead, receipt: Receipt): ChainFault | null {
  if (head.nodeId !== null && receipt.nodeId !== head.nodeId) return 'node';
  if (receipt.seq !== head.seq + 1) return 'number';
  if (receipt.prevHash !== head.hash) return 'link';
  // A node refuses a ledger older than the newest it has answered under.
  if (receipt.ledgerEpoch < head.ledgerEpoch) return 'epoch';
  const total = head.totalRhoPico + BigInt(receipt.rhoPico);
  return BigInt(receipt.runningTotalPico) === total ? null : 'total';
}
