import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { packPath } from './batch-path.ts';
import { FIRST_PREV_HASH, type Receipt, signReceipts, verifyReceipt } from './receipt.ts';
import { chainFault, EMPTY_CHAIN, headAfter } from './receipt-chain.ts';
import { signedReceiptOf } from './stored-receipt.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const first: Receipt = {
  v: 1,
  nodeId: randomUUID(),
  seq: 1,
  ledgerEpoch: 1,
  requestId: randomUUID(),
  h: 'a'.repeat(64),
  rhoPico: '5',
  runningTotalPico: '5',
  prevHash: FIRST_PREV_HASH,
};
const second: Receipt = { ...first, seq: 2, runningTotalPico: '10', prevHash: headAfter(first).hash };

test('what the ledger stores of a batch still verifies, path and all', () => {
  const [, signed] = signReceipts([first, second], privateKey);
  const { receipt } = signed!;
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  const again = signedReceiptOf({
    ...receipt,
    seq: BigInt(receipt.seq),
    headerHash: bytes(receipt.h),
    rhoPico: BigInt(receipt.rhoPico),
    runningTotalPico: BigInt(receipt.runningTotalPico),
    prevHash: bytes(receipt.prevHash),
    signature: bytes(signed!.signed.signature),
    batchPath: packPath(signed!.signed.path),
  });
  expect(again).toEqual(signed);
  expect(verifyReceipt(again, publicKey)).toBe(true);
});

test.each<[string | null, Partial<Receipt>]>([
  [null, {}],
  ['node', { nodeId: randomUUID() }],
  ['number', { seq: 3 }],
  ['number', { seq: 1 }],
  ['link', { prevHash: 'b'.repeat(64) }],
  ['total', { runningTotalPico: '11' }],
  ['total', { rhoPico: '4' }],
])('a receipt follows from the one before, or it does not: %s', (fault, change) => {
  expect(chainFault(headAfter(first), { ...second, ...change })).toBe(fault);
});

test('the first receipt follows from nothing', () => {
  expect(chainFault(EMPTY_CHAIN, first)).toBeNull();
  expect(chainFault(EMPTY_CHAIN, second)).toBe('number');
  // Linked and summed as it must be, and of a ledger that the one before had left behind.
  const older = { ...second, ledgerEpoch: first.ledgerEpoch };
  expect(chainFault({ ...headAfter(first), ledgerEpoch: first.ledgerEpoch + 1 }, older)).toBe('epoch');
});
