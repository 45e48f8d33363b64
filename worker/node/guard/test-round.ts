import { generateKeyPairSync, randomUUID } from 'node:crypto';
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
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import type { NodeConfig } from '../config.ts';

/** A router, three pinned nodes and a round that the first of them accepts; tests change one thing at a time. */
export const router = generateKeyPairSync('ed25519').privateKey;
export const peers = [randomUUID(), randomUUID(), randomUUID()].sort();
export const charge = chargeForEpsilon(0.5, 1e-5);

export const config: NodeConfig = {
  nodeId: peers[0]!,
  name: 'Test hospital',
  routerUrl: 'ws://127.0.0.1:1/',
  routerKey: rawPublicKey(router).toString('hex'),
  tokenFile: '-',
  dataDir: '-',
  recordsDir: '-',
  shards: 64,
  engine: { kind: 'embedded' },
  lanes: 1,
  limitRhoPico: String(charge.rhoPico * 3n),
  purposes: ['care'],
  peers,
  minCohort: 3,
  tickMs: 20,
};

const NONCE = Buffer.alloc(32, 5);
const query = { prompt: 'cough and fever', labels: ['Pneumonia', 'Migraine'] };

/** What the headers of all mechanisms share. */
const common = (asked: RoundQuery) => ({
  v: 1 as const,
  suite: 'clear' as const,
  keyEpoch: 0,
  ledgerEpoch: 1,
  requestId: randomUUID(),
  roundId: randomUUID(),
  attempt: 1,
  mode: 'exact' as const,
  queryCommit: queryCommit(NONCE, asked),
  purpose: 'care',
  modBits: 32 as const,
  sigmaLocal: 0 as const,
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

type HeaderOf<M extends RoundHeader['mechanism']> = Extract<RoundHeader, { mechanism: M }>;

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
