import { createReadStream } from 'node:fs';
import { type SignedReceipt, signedReceiptSchema } from './receipt.ts';
import { chainFault, EMPTY_CHAIN, headAfter } from './receipt-chain.ts';

/** The log on disk is not the unbroken chain it must be: a person must look. */
export class SpendLogError extends Error {
  override readonly name = 'SpendLogError';
}

/** One receipt and where its line ends in the file. */
export type SpendLogLine = { signed: SignedReceipt; endByte: number };

const NEWLINE = 10;

/**
 * A node's spend log, one receipt a line, each checked to follow from the one before; whose it is and who signed it is
 * the caller's to check. What stands behind the last newline was never synced and is no line: its node drops it, and
 * anybody else who asks for a `finished` log is told. Whether lines are missing at the end, a file cannot show.
 * @throws SpendLogError
 */
export async function* readSpendLog(path: string, { finished = false } = {}): AsyncGenerator<SpendLogLine> {
  let head = EMPTY_CHAIN;
  let number = 0;
  for await (const { text, endByte } of linesOf(path, finished)) {
    number++;
    const signed = parse(text, number);
    const fault = chainFault(head, signed.receipt);
    if (fault) throw new SpendLogError(`line ${number} of the spend log ${FAULTS[fault]}`);
    head = headAfter(signed.receipt);
    yield { signed, endByte };
  }
}

const FAULTS = {
  node: "is another node's",
  number: 'does not follow from the one before: a receipt is missing, repeated or out of order',
  link: 'does not follow from the one before: one of the two was changed',
  epoch: 'is of an older ledger than the one before',
  total: 'does not follow from the one before: the sum is wrong',
};

function parse(text: string, number: number): SignedReceipt {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SpendLogError(`line ${number} of the spend log is not JSON`, { cause });
  }
  const parsed = signedReceiptSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isOld = typeof json === 'object' && json !== null && 'signature' in json;
  throw new SpendLogError(
    isOld
      ? `line ${number} of the spend log was written by an earlier version, which signed every receipt alone: this one cannot go on with it. Keep the file and set the node up anew.`
      : `line ${number} of the spend log is not a receipt`,
  );
}

async function* linesOf(path: string, finished: boolean): AsyncGenerator<{ text: string; endByte: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const start = read - rest.length;
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      const text = bytes.toString('utf8', from, end);
      from = end + 1;
      if (text !== '') yield { text, endByte: start + from };
    }
    rest = bytes.subarray(from);
    read += chunk.length;
  }
  if (finished && rest.length > 0)
    throw new SpendLogError(
      'the spend log ends within a line: it was cut, or copied while its node wrote. Copy it again; a node that crashed drops what it had not finished when it starts',
    );
}
