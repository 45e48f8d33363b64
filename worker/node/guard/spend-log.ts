import type { KeyObject } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { FIRST_PREV_HASH, type Receipt, receiptHash, receiptSchema, signReceipt } from '#lib/nodes/receipt';

/** What a round wants to spend here. */
export type Spend = { ledgerEpoch: number; requestId: string; h: string; rhoPico: bigint };
export type SignedReceipt = { receipt: Receipt; signature: string };

const lineSchema = z.strictObject({ receipt: receiptSchema, signature: z.string() });

/** The log on disk is not the unbroken chain it must be. The node does not start: a person must look. */
export class SpendLogError extends Error {
  override readonly name = 'SpendLogError';
}

/**
 * The node's own account of what it let go: one JSON line per round, hash-chained and signed, on disk (fdatasync)
 * before anything is computed. Rounds that arrive together share one sync. A line without its newline was never
 * synced, so nothing was computed for it, and it is cut off at the next start.
 */
export class SpendLog {
  readonly #file: FileHandle;
  readonly #nodeId: string;
  readonly #identity: KeyObject;
  readonly #byHeader = new Map<string, SignedReceipt>();
  readonly #headersByRequest = new Map<string, number>();
  #last: Receipt | null = null;
  #waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing = false;
  #broken: unknown = null;

  private constructor(file: FileHandle, nodeId: string, identity: KeyObject) {
    this.#file = file;
    this.#nodeId = nodeId;
    this.#identity = identity;
  }

  static async open(path: string, nodeId: string, identity: KeyObject): Promise<SpendLog> {
    const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const end = content.lastIndexOf('\n') + 1;
    const file = await open(path, 'a', 0o600);
    if (end < content.length) await file.truncate(Buffer.byteLength(content.slice(0, end)));
    const log = new SpendLog(file, nodeId, identity);
    content
      .slice(0, end)
      .split('\n')
      .filter((line) => line !== '')
      .forEach((line, i) => {
        log.#remember(log.#readLine(line, i + 1));
      });
    return log;
  }

  get totalRhoPico(): bigint {
    return this.#last ? BigInt(this.#last.runningTotalPico) : 0n;
  }

  /** The highest ledger epoch this node has spent under. */
  get ledgerEpoch(): number {
    return this.#last?.ledgerEpoch ?? 0;
  }

  /** Number of the last receipt; 0 before the first. */
  get lastSeq(): number {
    return this.#last?.seq ?? 0;
  }

  has(h: string): boolean {
    return this.#byHeader.has(h);
  }

  /** How many rounds of one request this node has spent on. */
  attemptsOf(requestId: string): number {
    return this.#headersByRequest.get(requestId) ?? 0;
  }

  /** Resolves once the spend is on disk. The receipt counts from this call on, so that two rounds never share one. */
  async spend(spend: Spend): Promise<SignedReceipt> {
    if (this.#broken) throw new SpendLogError('the spend log cannot be written', { cause: this.#broken });
    if (this.has(spend.h)) throw new SpendLogError('this round was already spent on');
    const receipt: Receipt = {
      v: 1,
      nodeId: this.#nodeId,
      seq: this.lastSeq + 1,
      ledgerEpoch: spend.ledgerEpoch,
      requestId: spend.requestId,
      h: spend.h,
      rhoPico: String(spend.rhoPico),
      runningTotalPico: String(this.totalRhoPico + spend.rhoPico),
      prevHash: this.#last ? receiptHash(this.#last).toString('hex') : FIRST_PREV_HASH,
    };
    const signed = { receipt, signature: signReceipt(receipt, this.#identity) };
    this.#remember(signed);
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ line: `${JSON.stringify(signed)}\n`, done, failed });
      void this.#flush();
    });
    return signed;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#broken) throw this.#broken;
        await this.#file.appendFile(batch.map((entry) => entry.line).join(''));
        await this.#file.datasync();
        for (const entry of batch) entry.done();
      } catch (error) {
        // What is on disk is unknown now: no more spending until a restart has read the log again.
        this.#broken = error;
        for (const entry of batch)
          entry.failed(new SpendLogError('the spend log cannot be written', { cause: error }));
      }
    }
    this.#writing = false;
  }

  #readLine(line: string, number: number): SignedReceipt {
    let parsed: ReturnType<typeof lineSchema.safeParse>;
    try {
      parsed = lineSchema.safeParse(JSON.parse(line));
    } catch (cause) {
      throw new SpendLogError(`line ${number} of the spend log is not JSON`, { cause });
    }
    if (!parsed.success) throw new SpendLogError(`line ${number} of the spend log is not a receipt`);
    const { receipt } = parsed.data;
    const expectedPrev = this.#last ? receiptHash(this.#last).toString('hex') : FIRST_PREV_HASH;
    const follows =
      receipt.nodeId === this.#nodeId &&
      receipt.seq === this.lastSeq + 1 &&
      receipt.prevHash === expectedPrev &&
      BigInt(receipt.runningTotalPico) === this.totalRhoPico + BigInt(receipt.rhoPico);
    if (!follows)
      throw new SpendLogError(`line ${number} of the spend log does not follow from the one before`);
    return parsed.data;
  }

  #remember(signed: SignedReceipt): void {
    const { h, requestId } = signed.receipt;
    this.#last = signed.receipt;
    this.#byHeader.set(h, signed);
    this.#headersByRequest.set(requestId, this.attemptsOf(requestId) + 1);
  }
}
