import { FIRST_PREV_HASH, type Receipt, receiptHash } from './receipt.ts';

/** Where a node's chain of receipts stands: what the next one has to follow. */
export type ChainHead = {
  /** Null before the first receipt. */
  nodeId: string | null;
  seq: number;
  /** Hash of the last receipt, hex. */
  hash: string;
  totalRhoPico: bigint;
};

export const EMPTY_CHAIN: ChainHead = { nodeId: null, seq: 0, hash: FIRST_PREV_HASH, totalRhoPico: 0n };

export function headAfter(receipt: Receipt): ChainHead {
  const { nodeId, seq, runningTotalPico } = receipt;
  return { nodeId, seq, hash: receiptHash(receipt).toString('hex'), totalRhoPico: BigInt(runningTotalPico) };
}

/** Why a receipt does not follow: another node's, a number left out or repeated, another past, a wrong sum. */
export type ChainFault = 'node' | 'number' | 'link' | 'total';

/** Null when `receipt` is the one after `head`. */
export function chainFault(head: ChainHead, receipt: Receipt): ChainFault | null {
  if (head.nodeId !== null && receipt.nodeId !== head.nodeId) return 'node';
  if (receipt.seq !== head.seq + 1) return 'number';
  if (receipt.prevHash !== head.hash) return 'link';
  const total = head.totalRhoPico + BigInt(receipt.rhoPico);
  return BigInt(receipt.runningTotalPico) === total ? null : 'total';
}
