import type { KeyObject } from 'node:crypto';
import { FrameError } from '#lib/nodes/frame';
import { receiptVerifier, type SignedReceipt } from '#lib/nodes/receipt';
import { chainFault, headAfter } from '#lib/nodes/receipt-chain';

/** Receipts arrive out of order within a few rounds of each other: further back their links are no longer looked at. */
const REMEMBERED = 1024;

/**
 * Takes the receipts of one connection: each signed by this node, numbered after its last one and not past what it was
 * asked, no number twice, and linked to its neighbours as far as they are here. What was never asked cannot be spent.
 */
export class ReceiptIntake {
  readonly #nodeId: string;
  readonly #verify: (signed: SignedReceipt) => boolean;
  readonly #firstSeq: number;
  readonly #bySeq = new Map<number, SignedReceipt['receipt']>();
  #asked = 0;

  /** @param lastSeq number of the node's last receipt when it connected. */
  constructor(nodeId: string, identity: KeyObject, lastSeq: number) {
    this.#nodeId = nodeId;
    this.#verify = receiptVerifier(identity);
    this.#firstSeq = lastSeq + 1;
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
    if (this.#bySeq.has(seq)) throw new FrameError('the node signed two receipts with one number');
    const before = this.#bySeq.get(seq - 1);
    const after = this.#bySeq.get(seq + 1);
    const breaks =
      (before && chainFault(headAfter(before), receipt)) || (after && chainFault(headAfter(receipt), after));
    if (breaks) throw new FrameError('the receipt does not follow from its neighbour');
    this.#bySeq.set(seq, receipt);
    if (this.#bySeq.size > REMEMBERED) this.#bySeq.delete(this.#bySeq.keys().next().value!);
  }
}
