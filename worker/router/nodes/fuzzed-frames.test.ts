import { generateKeyPairSync } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { decodeFrame, encodeFrame, encodeVector, FrameError } from '#lib/nodes/frame';
import type { Contribution, NodeFacts } from '#lib/nodes/node-channel';
import { FIRST_PREV_HASH, signReceipts } from '#lib/nodes/receipt';
import { headerHash } from '#lib/nodes/round-header';
import { seededRandom } from '#lib/privacy/testing/seeded-random';
import { mapIntoRange, sumVectors } from '#lib/secure-aggregation/map-into-range';
import { everybody, keys, makeRound, peers } from '../../node/guard/test-round.ts';
import { maskVector } from '../../node/masking/mask-vector.ts';
import { OpenRounds } from '../../node/masking/open-rounds.ts';
import { KeyDirectory } from '../keys/key-directory.ts';
import { aggregate } from '../stages/aggregate.ts';
import { ReceiptIntake } from './receipt-intake.ts';
import { WsNodeChannel } from './ws-node-channel.ts';

const FRAMES = 10_000;
const nodeId = peers[0]!;
const identity = generateKeyPairSync('ed25519');
const random = seededRandom('fuzzed frames');
const upTo = (below: number) => Number(random.below(BigInt(below)));
const of = <T>(items: readonly T[]): T => items[upTo(items.length)]!;

const all = makeRound();
const some = makeRound({
  cohort: everybody,
  keyDirectoryHash: keys[0]!.directoryHash(everybody),
  masking: 'survives-dropouts',
  maxDropouts: 1,
});

/** A node's honest frames for a round, with what the others add to the sum. */
async function honest(round: typeof all) {
  const h = headerHash(round.header).toString('hex');
  const { ledgerEpoch, requestId, rhoPico } = round.header;
  const receipt = { v: 1 as const, nodeId, seq: 1, ledgerEpoch, requestId, h, rhoPico };
  const [signed] = signReceipts(
    [{ ...receipt, runningTotalPico: rhoPico, prevHash: FIRST_PREV_HASH }],
    identity.privateKey,
  );
  const vector = Uint32Array.from([40, 24]);
  const shared = await maskVector(vector, round.header, keys[0]!, new OpenRounds());
  const contribution = { h, ...signed!, ...(shared && { shared }) };
  return { round, h, frame: encodeFrame('contribution', contribution, encodeVector(vector)) };
}

/** One byte or many changed, cut, added, or swapped for another node's or type's. */
function mutate(frame: Buffer): Buffer {
  const bytes = Buffer.from(frame);
  switch (upTo(8)) {
    case 0:
      return bytes.subarray(0, upTo(bytes.length));
    case 1:
      return Buffer.concat([bytes, Buffer.alloc(1 + upTo(16), upTo(256))]);
    case 2:
      bytes[3] = upTo(256);
      return bytes;
    case 3: {
      const { type, json, tail } = decodeFrame(frame);
      return encodeFrame(type, json, Buffer.concat([tail, Buffer.alloc(4 * upTo(5))]).subarray(4 * upTo(3)));
    }
    case 4: {
      const { type, json, tail } = decodeFrame(frame);
      const record = { ...(json as Record<string, unknown>) };
      const key = of(Object.keys(record));
      record[key] = of([null, -1, 2 ** 53, '', 'f'.repeat(64), [], {}, { [key]: record[key] }, true]);
      return encodeFrame(type, record, tail);
    }
    case 5: {
      // Any vector of the right length: what a hospital says is its own.
      const { type, json, tail } = decodeFrame(frame);
      return encodeFrame(type, json, Buffer.from(tail.map(() => upTo(256))));
    }
    default:
      for (let times = 1 + upTo(4); times > 0; times -= 1) bytes[upTo(bytes.length)] = upTo(256);
      return bytes;
  }
}

test('10,000 mutated frames: an error of ours or a contribution that fits, never a sum out of range', async () => {
  const rounds = [await honest(all), await honest(some)];
  const others = [1, 2].map((at) => Uint32Array.from([at, 2 * at]));
  for (const [i, vector] of others.entries())
    await maskVector(vector, all.header, keys[i + 1]!, new OpenRounds());
  const announced = keys[0]!.announcement;
  const more = [
    encodeFrame('agreement', { h: rounds[1]!.h, signature: 'a'.repeat(128) }),
    encodeFrame('unmasking', { h: rounds[1]!.h, seedShares: { [nodeId]: 'b'.repeat(66) }, pairKeys: {} }),
    encodeFrame('unmaskingRefused', { h: rounds[1]!.h, code: 'c', reason: 'r' }),
    encodeFrame('roundRefused', { h: rounds[0]!.h, code: 'c', reason: 'r' }),
    encodeFrame('announce', { announcement: announced, pinned: peers, held: {} }),
    encodeFrame('pairs', { keyEpoch: 7, pinned: peers, held: {}, encapsulations: [] }),
  ];
  const directory = new KeyDirectory({ keyEpoch: 7, notAfterMs: Date.now() + 1_000_000 });
  directory.join(nodeId, () => {});
  let counted = 0;
  let refused = 0;
  for (let i = 0; i < FRAMES; i += 1) {
    const socket = Object.assign(new EventEmitter(), { readyState: 1, OPEN: 1, send: () => {} });
    const facts = { nodeId, name: 'n', leftRhoPico: 10n ** 12n, availability: 1 } as NodeFacts;
    const channel = new WsNodeChannel(
      socket as unknown as WebSocket,
      facts,
      new ReceiptIntake(nodeId, identity.publicKey, 0),
      {
        onProbe: () => {},
        onLateReceipt: () => {},
        onLateRefusal: () => {},
        onUnmaskingRefused: () => {},
        onAnnounce: (message) => directory.announced(nodeId, message),
        onPairs: (message) => directory.paired(nodeId, message),
      },
    );
    const { round, h, frame } = of(rounds);
    let given: Contribution | null = null;
    const { header } = round;
    const asked = channel.round({ header, h, frame: Buffer.alloc(0) }, new AbortController().signal);
    asked.then(
      (contribution) => {
        given = contribution;
      },
      () => {},
    );
    try {
      channel.receive(decodeFrame(mutate(i % 3 === 0 ? of(more) : frame)));
    } catch (error) {
      expect(error).toBeInstanceOf(FrameError);
      refused += 1;
    }
    await Promise.resolve();
    const contribution = given as Contribution | null;
    if (!contribution) continue;
    counted += 1;
    expect(contribution.receipt).toMatchObject({ h, nodeId, rhoPico: header.rhoPico });
    expect(contribution.vector).toHaveLength(header.len);
    if (header.masking === 'all-or-nothing') {
      const sum = sumVectors([contribution.vector, ...others], header.len);
      const counts = aggregate({ sum }, { len: header.len, top: header.params.s });
      expect(counts.every((count) => count >= 0 && count <= header.params.s)).toBe(true);
    }
  }
  expect(counted).toBeGreaterThan(FRAMES / 20);
  expect(refused).toBeGreaterThan(FRAMES / 4);
});

test('a hospital that adds 2^31 moves no more than its own say: one vote of another one is one vote after it too', () => {
  const hostile = 2 ** 31 - 100;
  for (const honestSum of [0, 63, 64, 99, 100, 101, 191]) {
    const [before, after] = [honestSum, honestSum + 1].map((votes) =>
      mapIntoRange((votes + hostile) % 2 ** 32, 192),
    );
    expect(Math.abs(after! - before!)).toBeLessThanOrEqual(1);
  }
});
