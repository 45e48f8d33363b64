import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { decodeFrame, encodeFrame, encodeVector, FrameError } from '#lib/nodes/frame';
import type { NodeFacts } from '#lib/nodes/node-channel';
import { type Receipt, type SignedReceipt, signReceipts } from '#lib/nodes/receipt';
import { type ChainHead, EMPTY_CHAIN, headAfter } from '#lib/nodes/receipt-chain';
import { headerHash } from '#lib/nodes/round-header';
import type { RoundRefusalCode } from '#lib/nodes/round-refusals';
import { makeRound } from '../../node/guard/test-round.ts';
import { BrokenChainError, ReceiptIntake } from './receipt-intake.ts';
import type { ChannelSocket } from './sealed-socket.ts';
import { WsNodeChannel } from './ws-node-channel.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const LAST_SEQ = 7;
let nodeId: string;
let late: SignedReceipt[];
let lateRefusals: [string, string][];
let channel: WsNodeChannel;
let head: ChainHead;
let intake: ReceiptIntake;
beforeEach(() => {
  nodeId = randomUUID();
  late = [];
  lateRefusals = [];
  head = { ...EMPTY_CHAIN, nodeId, seq: LAST_SEQ, hash: 'c'.repeat(64) };
  const socket = Object.assign(new EventEmitter(), { readyState: 1, OPEN: 1, send: () => {} });
  const facts = { nodeId, name: 'n', leftRhoPico: 10n ** 12n, availability: 1 } as NodeFacts;
  intake = new ReceiptIntake(nodeId, publicKey, LAST_SEQ);
  channel = new WsNodeChannel(socket as unknown as ChannelSocket, facts, intake, {
    onProbe: () => {},
    onLateReceipt: (signed) => late.push(signed),
    onLateRefusal: (requestId, code) => lateRefusals.push([requestId, code]),
    onUnmaskingRefused: () => {},
    onAnnounce: () => {},
    onPairs: () => {},
  });
});

/** A round that was sent and waits for the node. */
function sendRound(signal = new AbortController().signal) {
  const { header } = makeRound();
  const h = headerHash(header).toString('hex');
  const reply = channel.round({ header, h, frame: Buffer.alloc(0) }, signal);
  reply.catch(() => {});
  return { header, h, reply };
}
type Sent = ReturnType<typeof sendRound>;

/** The node's next honest receipt, with what is changed about it. */
function receiptFor({ header, h }: Sent, change: Partial<Receipt> = {}, signer = privateKey): SignedReceipt {
  const receipt: Receipt = {
    v: 1,
    nodeId,
    seq: head.seq + 1,
    ledgerEpoch: header.ledgerEpoch,
    requestId: header.requestId,
    h,
    rhoPico: header.rhoPico,
    runningTotalPico: String(head.totalRhoPico + BigInt(header.rhoPico)),
    prevHash: head.hash,
    ...change,
  };
  head = headAfter(receipt);
  return signReceipts([receipt], signer)[0]!;
}
const reply = ({ h }: Sent, signed: SignedReceipt) =>
  channel.receive(
    decodeFrame(encodeFrame('contribution', { h, ...signed }, encodeVector(Uint32Array.of(1, 2)))),
  );

const refuse = (h: string, code: string) =>
  channel.receive(
    decodeFrame(encodeFrame('roundRefused', { h, code: code as RoundRefusalCode, reason: '-' })),
  );

test('answers with honest receipts are taken, in whatever order they arrive', async () => {
  const sent = [sendRound(), sendRound(), sendRound()];
  const receipts = sent.map((round) => receiptFor(round));
  for (const i of [2, 0, 1]) reply(sent[i]!, receipts[i]!);
  const taken = await Promise.all(sent.map((round) => round.reply));
  expect(taken.map(({ receipt }) => receipt.seq)).toEqual([8, 9, 10]);
});

test.each<[string, (round: Sent) => SignedReceipt]>([
  ['is not signed by the node', (round) => receiptFor(round, {}, generateKeyPairSync('ed25519').privateKey)],
  ['is not for this round', (round) => receiptFor(round, { h: 'd'.repeat(64) })],
  ['is not for this round', (round) => receiptFor(round, { requestId: randomUUID() })],
  ['is not for this round', (round) => receiptFor(round, { rhoPico: '1' })],
  ['is not for this round', (round) => receiptFor(round, { ledgerEpoch: 9 })],
  ["is another node's", (round) => receiptFor(round, { nodeId: randomUUID() })],
  ['number of the receipt jumps', (round) => receiptFor(round, { seq: LAST_SEQ + 2 })],
  ['number of the receipt jumps', (round) => receiptFor(round, { seq: LAST_SEQ })],
])('an answer whose receipt %s fails the round', async (what, signed) => {
  const round = sendRound();
  expect(() => reply(round, signed(round))).toThrow(FrameError);
  await expect(round.reply).rejects.toThrow(what);
});

test('a receipt that does not follow from its neighbour, or shares its number, fails the round', async () => {
  const [a, b, c] = [sendRound(), sendRound(), sendRound()];
  reply(a, receiptFor(a));
  expect(() => reply(b, receiptFor(b, { prevHash: 'e'.repeat(64) }))).toThrow(/neighbour/);
  expect(() => reply(c, receiptFor(c, { seq: LAST_SEQ + 1 }))).toThrow(/twice|one number/);
  await Promise.all([b, c].map((round) => expect(round.reply).rejects.toThrow(FrameError)));
});

test.each<[string, Partial<Receipt>]>([
  ['another past', { prevHash: 'e'.repeat(64) }],
  ['another sum', { runningTotalPico: '1' }],
])(
  'the first receipt of a connection follows what the ledger holds: not one with %s',
  async (_what, change) => {
    intake.startAfter(head);
    const round = sendRound();
    expect(() => reply(round, receiptFor(round, change))).toThrow(BrokenChainError);
    await expect(round.reply).rejects.toThrow('neighbour');
  },
);

test('the first honest receipt of a connection is taken, and one sent twice is no second history', async () => {
  intake.startAfter(head);
  const [a, b] = [sendRound(), sendRound()];
  const signed = receiptFor(a);
  reply(a, signed);
  expect((await a.reply).receipt.seq).toBe(LAST_SEQ + 1);
  const again = { ...b, h: a.h };
  expect(() => reply(again, signed)).toThrow('twice');
});

test('a receipt that comes after its round has failed is kept', async () => {
  const giveUp = new AbortController();
  const round = sendRound(giveUp.signal);
  giveUp.abort(new Error('too late'));
  await expect(round.reply).rejects.toThrow('too late');
  const signed = receiptFor(round);
  reply(round, signed);
  expect(late).toEqual([signed]);
});

test('a refusal is heard of once: by its round, or for the log when the round was given up', async () => {
  const giveUp = new AbortController();
  const [waiting, failed] = [sendRound(), sendRound(giveUp.signal)];
  giveUp.abort(new Error('another refused'));
  await expect(failed.reply).rejects.toThrow('another refused');
  for (const { h } of [waiting, failed, failed]) refuse(h, 'stranger');
  await expect(waiting.reply).rejects.toMatchObject({ code: 'stranger' });
  expect(lateRefusals).toEqual([[failed.header.requestId, 'stranger']]);
});

test("a refusal's code is one of ours, whatever the node says", async () => {
  const round = sendRound();
  refuse(round.h, 'Call 555-0100, ask for Jo');
  await expect(round.reply).rejects.toMatchObject({ code: 'other' });
});

test('a refusal of a round that was never sent, or was answered, goes nowhere', () => {
  const round = sendRound();
  reply(round, receiptFor(round));
  for (const h of [round.h, 'f'.repeat(64)]) refuse(h, 'stranger');
  expect(lateRefusals).toEqual([]);
});

test('a receipt that was never asked for ends the connection', () => {
  const round = { ...makeRound(), h: 'f'.repeat(64), reply: Promise.resolve() } as unknown as Sent;
  expect(() => reply(round, receiptFor(round))).toThrow(/jumps/);
  expect(late).toEqual([]);
});
