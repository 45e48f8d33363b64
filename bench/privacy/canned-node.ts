import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { decodeFrame, encodeFrame, encodeVector } from '../../lib/nodes/frame.ts';
import { type Message, parseMessage } from '../../lib/nodes/messages.ts';
import type { NodeFacts } from '../../lib/nodes/node-channel.ts';
import {
  FIRST_PREV_HASH,
  type Receipt,
  receiptHash,
  type SignedReceipt,
  signReceipts,
} from '../../lib/nodes/receipt.ts';
import { headerHash } from '../../lib/nodes/round-header.ts';
import { ReceiptIntake } from '../../worker/router/nodes/receipt-intake.ts';
import type { ChannelSocket } from '../../worker/router/nodes/sealed-socket.ts';
import { WsNodeChannel } from '../../worker/router/nodes/ws-node-channel.ts';

const REPLY_MS = 2;

/** What the public model would say: more tokens than a router asks for, and an end that is never drawn. */
const SCORES = {
  candidates: Array.from({ length: 512 }, (_, id) => ({ id, score: -8 * id, text: ` word${id}` })),
  end: { id: 512, score: -819_200 },
  promptTokens: 12,
  error: null,
};
/** The one engine of these hospitals, fit for short answers. */
export const ENGINE = { modelId: 'demo-medllama', exactScores: true, batchInvariant: true };

/** What the hospitals of a run did, to be done again with nothing else going on. */
export type NodeWork = { again: (() => void)[] };

/**
 * The router's real channel to a hospital that needs no time to think: seven of ten of its shards vote for the first
 * label or token, and its receipts are real. What it does itself can be done again and taken off the process's time: a look at
 * the clock around each reply would cost more than the reply.
 */
export function cannedNode(facts: NodeFacts, work: NodeWork): WsNodeChannel {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spend = receiptsOf(facts.nodeId, privateKey);
  const spendAgain = receiptsOf(facts.nodeId, privateKey);
  const socket = {
    on: () => socket,
    close: () => {},
    send: (frame: Buffer) => {
      setTimeout(() => {
        channel.receive(decodeFrame(answer(frame, facts.shards, spend)));
        work.again.push(() => answer(frame, facts.shards, spendAgain));
      }, REPLY_MS);
    },
  };
  const intake = new ReceiptIntake(facts.nodeId, publicKey, 0);
  const quiet = {
    onProbe: () => {},
    onLateReceipt: () => {},
    onLateRefusal: () => {},
    onUnmaskingRefused: () => {},
    onAnnounce: () => {},
    onPairs: () => {},
  };
  const channel = new WsNodeChannel(socket as unknown as ChannelSocket, facts, intake, quiet);
  return channel;
}

type Spend = (round: Message<'round'>, h: string) => SignedReceipt;

function answer(bytes: Buffer, shards: number, spend: Spend): Buffer {
  const frame = decodeFrame(bytes);
  if (frame.type === 'publicScores') {
    const { queryId, top } = parseMessage(frame, 'publicScores');
    const candidates = SCORES.candidates.slice(0, top);
    return encodeFrame('publicScoresReply', { ...SCORES, queryId, candidates });
  }
  const round = parseMessage(frame, 'round');
  const h = headerHash(round.header).toString('hex');
  const vector = new Uint32Array(round.header.len);
  vector[0] = Math.round(0.7 * shards);
  return encodeFrame('contribution', { h, ...spend(round, h) }, encodeVector(vector));
}

function receiptsOf(nodeId: string, identity: KeyObject): Spend {
  let last: Receipt | null = null;
  return ({ header }, h) => {
    const receipt: Receipt = {
      v: 1,
      nodeId,
      seq: (last?.seq ?? 0) + 1,
      ledgerEpoch: header.ledgerEpoch,
      requestId: header.requestId,
      h,
      rhoPico: header.rhoPico,
      runningTotalPico: String(BigInt(last?.runningTotalPico ?? '0') + BigInt(header.rhoPico)),
      prevHash: last ? receiptHash(last).toString('hex') : FIRST_PREV_HASH,
    };
    last = receipt;
    return signReceipts([receipt], identity)[0]!;
  };
}
