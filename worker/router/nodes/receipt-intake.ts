import type { KeyObject } from 'node:crypto';
import { FrameError } from '#lib/nodes/frame';
import { receiptHash, receiptVerifier, type SignedReceipt } from '#lib/nodes/receipt';
import { type ChainHead, chainFault, headAfter } from '#lib/nodes/receipt-chain';

/** Receipts arrive out of order within a few rounds of each other: further back their links are no longer looked at. */
const REMEMBERED = 1024;

/** Signed by the node, and not what follows from what it signed before: it has two histories. */
export class BrokenChainError extends FrameError {
  /** The number at which they part. */
  readonly seq: number;
  constructor(seq: number, what: string) {
    super(what);
    this.seq = seq;
  }
}

/**
 * Takes the receipts of one connection: each signed by this node, numbered after its last one and not past what it was
 * asked, no number twice, and linked to its neighbours as far as they are here. What was never asked cannot be spent.
 */
export class ReceiptIntake {
  readonly #nodeId: string;
  readonly #verify: (signed: SignedReceipt) => boolean;
  readonly #firstSeq: number;
  /** Where the ledger has the chain when the connection is caught up with: what its first receipt follows. */
  #border: ChainHead | null = null;
  readonly #bySeq = new Map<number, SignedReceipt['receipt']>();
  #asked = 0;

  /** @param lastSeq number of the node's last receipt when it connected. */
  constructor(nodeId: string, identity: KeyObject, lastSeq: number) {
    this.#nodeId = nodeId;
    this.#verify = receiptVerifier(identity);
    this.#firstSeq = lastSeq + 1;
  }

  /** The ledger has everything up to here. A node that is asked before that, is asked nothing that it signs for. */
  startAfter(head: ChainHead): void {
    if (head.seq === this.#firstSeq - 1) this.#border = head;
  }

  /** A round was sent: one more receipt may come. */
  asked(): void {
    this.#asked++;
  }

  /** The node refused a round, so it spent nothing on it. */
  refused(): void {
    if (this.#asked > 0) this.#asked--;
  }

  /** @throws FrameError for a receipt that this node cannot have written honestly. */
  accept(signed: SignedReceipt): void {
    const { receipt } = signed;
    const { seq } = receipt;
    if (receipt.nodeId !== this.#nodeId) throw new FrameError("the receipt is another node's");
    if (!this.#verify(signed)) throw new FrameError('the receipt is not signed by the node');
    if (seq < this.#firstSeq || seq >= this.#firstSeq + this.#asked)
      throw new FrameError('the number of the receipt jumps');
    const same = this.#bySeq.get(seq);
    if (same) {
      const what = 'the node signed two receipts with one number';
      throw receiptHash(same).equals(receiptHash(receipt))
        ? new FrameError('the node sent one receipt twice')
        : new BrokenChainError(seq, what);
    }
    const before = this.#headBefore(seq);
    const after = this.#bySeq.get(seq + 1);
    const breaks =
      (before && chainFault(before, receipt)) || (after && chainFault(headAfter(receipt), after));
    if (breaks) throw new BrokenChainError(seq, 'the receipt does not follow from its neighbour');
    this.#bySeq.set(seq, receipt);
    if (this.#bySeq.size > REMEMBERED) this.#bySeq.delete(this.#bySeq.keys().next().value!);
  }

  #headBefore(seq: number): ChainHead | null {
    if (seq === this.#firstSeq) return this.#border;
    const receipt = this.#bySeq.get(seq - 1);
    return receipt ? headAfter(receipt) : null;
  }
}
