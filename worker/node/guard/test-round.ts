import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { rawPublicKey } from '#lib/crypto/key-files';
import { signHeader } from '#lib/nodes/header-signature';
import type { Message } from '#lib/nodes/messages';
import { headerHash, queryCommit, type RoundHeader } from '#lib/nodes/round-header';
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
  lanes: 1,
  limitRhoPico: String(charge.rhoPico * 3n),
  purposes: ['care'],
  peers,
  minCohort: 3,
  tickMs: 20,
};

const NONCE = Buffer.alloc(32, 5);
const query = { prompt: 'cough and fever', labels: ['Pneumonia', 'Migraine'] };

type VoteHeader = Extract<RoundHeader, { mechanism: 'vote' }>;

export function makeRound(change: Partial<VoteHeader> = {}, signer = router): Message<'round'> {
  const header: VoteHeader = {
    v: 1,
    suite: 'clear',
    keyEpoch: 0,
    ledgerEpoch: 1,
    requestId: randomUUID(),
    roundId: randomUUID(),
    attempt: 1,
    mechanism: 'vote',
    mode: 'exact',
    params: { beta: { num: String(charge.beta.num), den: String(charge.beta.den) }, s: 192, K: 2 },
    queryCommit: queryCommit(NONCE, query),
    purpose: 'care',
    len: 2,
    modBits: 32,
    scale: 1,
    sensitivity: 1,
    sigmaLocal: 0,
    maxCollude: 0,
    maxDropouts: 0,
    cohort: peers,
    minCohort: 3,
    deadlineMs: Date.now() + 10_000,
    rhoPico: String(charge.rhoPico),
    ...change,
  };
  return { header, signed: signHeader(headerHash(header), signer), nonce: NONCE.toString('hex'), query };
}
