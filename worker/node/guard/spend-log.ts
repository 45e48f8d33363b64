import { createPublicKey, type KeyObject } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { MAX_BATCH } from '#lib/crypto/batch-signature';
import { type Receipt, type SignedReceipt, signReceipts, verifyReceipt } from '#lib/nodes/receipt';
import { type ChainHead, EMPTY_CHAIN, headAfter } from '#lib/nodes/receipt-chain';
import { readSpendLog, SpendLogError } from '#lib/nodes/spend-log-file';

export { SpendLogError };

/** What a round wants to spend here. */
export type Spend = { ledgerEpoch: number; requestId: string; h: string; rhoPico: bigint };

type Waiting = {
  receipt: Receipt;
  done: (signed: SignedReceipt) => void;
  failed: (error: unknown) => void;
};

/**
 * The node's own account of what it let go: one JSON line per round, hash-chained and signed, on disk (fdatasync)
 * before anything is computed. Rounds that arrive together share one sync and one signature. A line without its
 * newline was never synced, so nothing was computed for it, and it is cut off at the next start.
 */
export class SpendLog {
  readonly #file: FileHandle;
  readonly #nodeId: string;
  readonly #identity: KeyObject;
  readonly #rounds = new Set<string>();
  readonly #roundsByRequest = new Map<string, number>();
  /** Of each line on disk the byte after it. */
  readonly #ends: number[] = [];
  #head: ChainHead = EMPTY_CHAIN;
  #ledgerEpoch = 0;
  #waiting: Waiting[] = [];
  #writing = false;
  /** Resolves when all that waits is on disk, or cannot be. */
  #flushed: Promise<void> = Promise.resolve();
  #broken: unknown = null;

  private constructor(file: FileHandle, nodeId: string, identity: KeyObject) {
    this.#file = file;
    this.#nodeId = nodeId;
    this.#identity = identity;
  }

  static async open(path: string, nodeId: string, identity: KeyObject): Promise<SpendLog> {
    const file = await open(path, 'a+', 0o600);
    try {
      const log = new SpendLog(file, nodeId, identity);
      await log.#read(path);
      const { size } = await file.stat();
      const end = log.#ends.at(-1) ?? 0;
      if (end < size) await file.truncate(end);
      return log;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get totalRhoPico(): bigint {
    return this.#head.totalRhoPico;
  }

  /** The highest ledger epoch this node has spent under. */
  get ledgerEpoch(): number {
    return this.#ledgerEpoch;
  }

  /** Number of the last receipt; 0 before the first. */
  get lastSeq(): number {
    return this.#head.seq;
  }

  has(h: string): boolean {
    return this.#rounds.has(h);
  }

  /** How many rounds of one request this node has spent on. */
  attemptsOf(requestId: string): number {
    return this.#roundsByRequest.get(requestId) ?? 0;
  }

  /** Resolves once the spend is on disk. The receipt counts from this call on, so that two rounds never share one. */
  async spend({ rhoPico, ...spend }: Spend): Promise<SignedReceipt> {
    if (this.#broken) throw new SpendLogError('the spend log cannot be written', { cause: this.#broken });
    if (this.has(spend.h)) throw new SpendLogError('this round was already spent on');
    const receipt: Receipt = {
      v: 1,
      nodeId: this.#nodeId,
      seq: this.lastSeq + 1,
      ...spend,
      rhoPico: String(rhoPico),
      runningTotalPico: String(this.totalRhoPico + rhoPico),
      prevHash: this.#head.hash,
    };
    this.#remember(receipt);
    return new Promise<SignedReceipt>((done, failed) => {
      this.#waiting.push({ receipt, done, failed });
      if (!this.#writing) this.#flushed = this.#flush();
    });
  }

  /** The receipts after number `seq` that are on disk, oldest first, at most `most` of them. */
  async receiptsAfter(seq: number, most: number): Promise<SignedReceipt[]> {
    await this.#flushed;
    const from = seq === 0 ? 0 : this.#ends[seq - 1];
    const to = this.#ends[Math.min(seq + most, this.#ends.length) - 1];
    if (from === undefined || to === undefined || to <= from) return [];
    const bytes = Buffer.alloc(to - from);
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, from);
    if (bytesRead !== bytes.length) throw new SpendLogError('the spend log cannot be read');
    return bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SignedReceipt);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        if (this.#broken) throw this.#broken;
        const all = signReceipts(
          batch.map(({ receipt }) => receipt),
          this.#identity,
        );
        const lines = all.map((signed) => `${JSON.stringify(signed)}\n`);
        await this.#file.appendFile(lines.join(''));
        await this.#file.datasync();
        for (const line of lines) this.#ends.push((this.#ends.at(-1) ?? 0) + Buffer.byteLength(line));
        for (const [i, { done }] of batch.entries()) done(all[i]!);
      } catch (error) {
        // What is on disk is unknown now: no more spending until a restart has read the log again.
        this.#broken = error;
        for (const { failed } of batch)
          failed(new SpendLogError('the spend log cannot be written', { cause: error }));
      }
    }
    this.#writing = false;
  }

  async #read(path: string): Promise<void> {
    let last: SignedReceipt | null = null;
    for await (const { signed, endByte } of readSpendLog(path)) {
      if (signed.receipt.nodeId !== this.#nodeId) throw new SpendLogError("the spend log is another node's");
      this.#remember(signed.receipt);
      this.#ends.push(endByte);
      last = signed;
    }
    // The last receipt names the one before by its hash, and so on: its signature vouches for the whole log.
    if (last && !verifyReceipt(last, createPublicKey(this.#identity)))
      throw new SpendLogError("the spend log is not signed by this node's identity key");
  }

  #remember(receipt: Receipt): void {
    this.#head = headAfter(receipt);
    this.#ledgerEpoch = Math.max(this.#ledgerEpoch, receipt.ledgerEpoch);
    this.#rounds.add(receipt.h);
    this.#roundsByRequest.set(receipt.requestId, this.attemptsOf(receipt.requestId) + 1);
  }
}
