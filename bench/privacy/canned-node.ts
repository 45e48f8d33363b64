import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { WebSocket } from 'ws';
import { decodeFrame, encodeFrame, encodeVector } from '../../lib/nodes/frame.ts';
import { type Message, parseMessage } from '../../lib/nodes/messages.ts';
import type { NodeFacts } from '../../lib/nodes/node-channel.ts';
import { FIRST_PREV_HASH, type Receipt, receiptHash, signReceipt } from '../../lib/nodes/receipt.ts';
import { headerHash } from '../../lib/nodes/round-header.ts';
import { WsNodeChannel } from '../../worker/router/nodes/ws-node-channel.ts';

const REPLY_MS = 2;

/** Processor time of what only a node does, to be taken off the process's own. */
export type NodeClock = { cpuUs: number };

/**
 * The router's real channel to a hospital that needs no time to think: seven of ten of its shards vote for the first
 * label, and its receipts are real. What the hospital does itself is on the clock.
 */
export function cannedNode(facts: NodeFacts, clock: NodeClock): WsNodeChannel {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spend = receiptsOf(facts.nodeId, privateKey);
  const socket = {
    on: () => socket,
    close: () => {},
    send: (frame: Buffer) => {
      setTimeout(() => {
        const before = process.threadCpuUsage();
        const reply = answer(parseMessage(decodeFrame(frame), 'round'), facts.shards, spend);
        const { user, system } = process.threadCpuUsage(before);
        clock.cpuUs += user + system;
        channel.receive(decodeFrame(reply));
      }, REPLY_MS);
    },
  };
  const channel = new WsNodeChannel(socket as unknown as WebSocket, facts, publicKey, () => {});
  return channel;
}

type Spend = (round: Message<'round'>, h: string) => { receipt: Receipt; signature: string };

function answer(round: Message<'round'>, shards: number, spend: Spend): Buffer {
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
    return { receipt, signature: signReceipt(receipt, identity) };
  };
}
