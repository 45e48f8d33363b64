import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Receipt, receiptHash } from '#lib/nodes/receipt';
import { receiptDigests } from './receipt-digests.ts';

const zeros = '0'.repeat(64);
const receipt = (nodeId: string, seq: number): Receipt => ({
  v: 1,
  nodeId,
  seq,
  ledgerEpoch: 1,
  requestId: '7c8a1d5e-3b1f-4f7a-9a53-0d6a1c2b3e4f',
  h: zeros,
  rhoPico: '5',
  runningTotalPico: String(5 * seq),
  prevHash: zeros,
});

test('fixes every receipt of a node in one hash, whatever the order in which they came', () => {
  const [a, b] = [randomUUID(), randomUUID()];
  const digests = receiptDigests([receipt(a, 9), receipt(b, 1), receipt(a, 7)]);
  const hash = createHash('sha256')
    .update(receiptHash(receipt(a, 7)))
    .update(receiptHash(receipt(a, 9)))
    .digest('hex');
  expect(digests[0]).toEqual({ nodeId: a, count: 2, firstSeq: 7, lastSeq: 9, hash });
  expect(digests[1]).toMatchObject({ nodeId: b, count: 1, firstSeq: 1, lastSeq: 1 });
  expect(receiptDigests([receipt(a, 7), receipt(a, 8)])[0]!.hash).not.toBe(hash);
  expect(receiptDigests([])).toEqual([]);
});

test('keeps a leaf small: 8,000 receipts of 50 hospitals stay far below 64 KiB', () => {
  const nodes = Array.from({ length: 50 }, () => randomUUID());
  const receipts = nodes.flatMap((node) => Array.from({ length: 160 }, (_, i) => receipt(node, i + 1)));
  expect(JSON.stringify(receiptDigests(receipts)).length).toBeLessThan(16_384);
});
