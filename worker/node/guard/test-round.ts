import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { rawPublicKey } from '#lib/crypto/key-files';
import { signHeader } from '#lib/nodes/header-signature';
import type { Message } from '#lib/nodes/messages';
import {
  headerHash,
  queryCommit,
  type RoundHeader,
  type RoundQuery,
  type TokenQuery,
} from '#lib/nodes/round-header';
import { gaussianVoteCostRhoPico } from '#lib/privacy/mechanisms/distributed-gaussian';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import { SUITE } from '#lib/secure-aggregation/key-announcement';
import { addPairMasks } from '#lib/secure-aggregation/masks';
import { NodeKeys } from '#lib/secure-aggregation/node-keys';
import type { NodeConfig } from '../config.ts';
import { maskVector } from '../masking/mask-vector.ts';
import { OpenRounds } from '../masking/open-rounds.ts';
import { RoundRate } from './round-rate.ts';

/** A router, three pinned nodes and a round that the first of them accepts; tests change one thing at a time. */
export const router = generateKeyPairSync('ed25519').privateKey;
export const everybody = Array.from({ length: 4 }, () => randomUUID()).sort();
/** Who is asked: all but the last. */
export const peers = everybody.slice(0, 3);
export const charge = chargeForEpsilon(0.5, 1e-5);

export const config: NodeConfig = {
  nodeId: peers[0]!,
  name: 'Test hospital',
  routerUrl: 'https://127.0.0.1:1',
  routerKey: rawPublicKey(router).toString('hex'),
  caFingerprint: '0'.repeat(64),
  dataDir: '-',
  recordsDir: '-',
  shards: 64,
  engine: { kind: 'embedded' },
  lanes: 1,
  limitRhoPico: String(charge.rhoPico * 3n),
  purposes: ['care'],
  peersFile: '-',
  minCohort: 3,
  minCollude: 1,
  minSigmaLocal: 2,
  maxRoundsPerMinute: 12_000,
  tickMs: 20,
};

const KEY_EPOCH = 7;
const identities = everybody.map(() => generateKeyPairSync('ed25519'));
/** Everybody's keys, each agreed with all others; the node under test is the first. */
export const keys = everybody.map((nodeId, i) =>
  NodeKeys.create({
    nodeId,
    identity: identities[i]!.privateKey,
    keyEpoch: KEY_EPOCH,
    notAfterMs: Date.now() + 3_600_000,
  }),
);
for (const [i, low] of keys.entries()) {
  for (const [j, high] of keys.entries()) {
    if (i >= j) continue;
    const sent = low.meet(high.announcement, identities[j]!.publicKey)!;
    high.meet(low.announcement, identities[i]!.publicKey);
    high.take(sent, identities[i]!.publicKey);
  }
}
export const pinned = new Map(everybody.map((nodeId, i) => [nodeId, identities[i]!.publicKey]));
const keysOf = (keyEpoch: number) => (keyEpoch === KEY_EPOCH ? keys[0]! : null);

/** What the guard judges by beside its logs. */
export const guarded = () => ({
  routerKey: createPublicKey(router),
  rate: new RoundRate(config.maxRoundsPerMinute),
  peers: pinned,
  keysOf,
});

/** The same for a whole node. */
export const masking = () => ({
  routerKey: createPublicKey(router),
  rate: new RoundRate(config.maxRoundsPerMinute),
  peers: () => pinned,
  agreement: { keysOf },
  mask: maskVector,
  openRounds: new OpenRounds(),
});

/** What the node sent, without the masks that the two others would take away. */
export function unmasked({ header }: Message<'round'>, vector: Uint32Array): number[] {
  const h = headerHash(header);
  const masks = new Uint32Array(vector.length);
  addPairMasks(masks, peers[0]!, peers, (peerId) => keys[0]!.maskKey(peerId, h));
  return [...vector.map((value, i) => value - masks[i]!)];
}

const NONCE = Buffer.alloc(32, 5);
const query = { prompt: 'cough and fever', labels: ['Pneumonia', 'Migraine'] };

/** What the headers of all mechanisms share. */
const common = (asked: RoundQuery) => ({
  v: 1 as const,
  suite: SUITE as typeof SUITE,
  keyEpoch: KEY_EPOCH,
  keyDirectoryHash: keys[0]!.directoryHash(peers),
  masking: 'all-or-nothing' as const,
  ledgerEpoch: 1,
  requestId: randomUUID(),
  roundId: randomUUID(),
  attempt: 1,
  mode: 'exact' as const,
  queryCommit: queryCommit(NONCE, asked),
  purpose: 'care',
  modBits: 32 as const,
  maxCollude: 0,
  maxDropouts: 0,
  cohort: peers,
  minCohort: 3,
  deadlineMs: Date.now() + 10_000,
});

const sign = (header: RoundHeader, asked: RoundQuery, signer = router): Message<'round'> => ({
  header,
  signed: signHeader(headerHash(header), signer),
  nonce: NONCE.toString('hex'),
  query: asked,
});

type HeaderOf<M extends RoundHeader['mechanism'], Mode extends RoundHeader['mode'] = 'exact'> = Extract<
  RoundHeader,
  { mechanism: M; mode: Mode }
>;

export function makeRound(
  change: Partial<HeaderOf<'vote'>> = {},
  signer = router,
  prompt = query.prompt,
): Message<'round'> {
  const asked = { ...query, prompt };
  const header: RoundHeader = {
    ...common(asked),
    mechanism: 'vote',
    params: { beta: { num: String(charge.beta.num), den: String(charge.beta.den) }, s: 192, K: 2 },
    len: 2,
    scale: 1,
    sensitivity: 1,
    rhoPico: String(charge.rhoPico),
    ...change,
  };
  return sign(header, asked, signer);
}

/** Two guaranteed shares of variance 100, over two labels: 1/(2 * 100). */
export const GAUSSIAN_RHO_PICO = gaussianVoteCostRhoPico(
  { num: 100n, den: 1n },
  { survivors: 2, labelCount: 2 },
);

/** A vote with noise of variance 100 of each node, of whom one may collude. */
export function makeGaussian(change: Partial<HeaderOf<'vote', 'gaussian'>> = {}): Message<'round'> {
  const header: RoundHeader = {
    ...common(query),
    mechanism: 'vote',
    mode: 'gaussian',
    maxCollude: 1,
    params: { s: 192, K: 2, sigma2Local: { num: '100', den: '1' } },
    len: 2,
    scale: 1,
    sensitivity: 1,
    rhoPico: String(GAUSSIAN_RHO_PICO),
    ...change,
  };
  return sign(header, query);
}

/** A vote with a margin test of variance 100: 2/100 on top of the vote's charge. */
export function makeConsensus(change: Partial<HeaderOf<'consensus'>> = {}): Message<'round'> {
  const header: RoundHeader = {
    ...common(query),
    mechanism: 'consensus',
    params: {
      beta: { num: String(charge.beta.num), den: String(charge.beta.den) },
      s: 192,
      K: 2,
      test: 'margin',
      sigma2: { num: '100', den: '1' },
    },
    len: 2,
    scale: 1,
    sensitivity: 1,
    rhoPico: String(charge.rhoPico + 20_000_000_000n),
    ...change,
  };
  return sign(header, query);
}

/** 2 C^2 / s^2 with C = 1 and 192 shards, rounded up. */
export const TOKEN_RHO_PICO = 54_253_473n;

type TokenChange = Partial<HeaderOf<'short-answer'>> & {
  query?: Partial<TokenQuery>;
  clip?: { num: string; den: string };
  position?: number;
};

/** One token of an answer of at most 16, over three candidates, with C = 1. */
export function makeTokenRound({
  query: asks,
  clip,
  position,
  ...change
}: TokenChange = {}): Message<'round'> {
  const asked = { prompt: 'cough and fever', prefix: [], candidates: [2, 300, 301], ...asks };
  const header: RoundHeader = {
    ...common(asked),
    mechanism: 'short-answer',
    params: {
      clip: clip ?? { num: '1', den: '1' },
      tau: 1,
      s: 192,
      K: asked.candidates.length,
      position: position ?? asked.prefix.length,
      maxTokens: 16,
    },
    len: asked.candidates.length,
    scale: 8_192,
    sensitivity: 16_384,
    rhoPico: String(TOKEN_RHO_PICO),
    ...change,
  };
  return sign(header, asked);
}
