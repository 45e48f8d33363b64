import { publicKeyFromRaw } from '#lib/crypto/key-files';
import { verifyHeader } from '#lib/nodes/header-signature';
import type { Message } from '#lib/nodes/messages';
import { headerHash, queryCommit } from '#lib/nodes/round-header';
import { voteCostRhoPico } from '#lib/privacy/mechanisms/vote';
import type { NodeConfig } from '../config.ts';
import type { SpendLog } from './spend-log.ts';

export type Refusal = { code: string; reason: string };

/** A round that the guard lets through: its hash and what it will cost. */
export type CheckedRound = { h: string; rhoPico: bigint };

/** A deadline further away than this is a wrong clock, not a plan. */
const MAX_DEADLINE_MS = 120_000;

type Check = (
  round: Message<'round'>,
  node: { config: NodeConfig; log: SpendLog; nowMs: number },
) => Refusal | null;

/** Every reason to refuse, in order. The node trusts nothing the router says about itself, cost least of all. */
const CHECKS: Check[] = [
  ({ header, signed }, { config }) =>
    verifyHeader(headerHash(header), signed, publicKeyFromRaw(Buffer.from(config.routerKey, 'hex')))
      ? null
      : refusal('bad_signature', 'the header is not signed by the router this node has pinned'),
  ({ header, nonce, query }) =>
    queryCommit(Buffer.from(nonce, 'hex'), query) === header.queryCommit
      ? null
      : refusal('wrong_query', 'the query is not the one the header commits to'),
  ({ header, query }) =>
    'labels' in query && header.len === query.labels.length && header.params.K === header.len
      ? null
      : refusal('wrong_length', 'the header and the query disagree on the number of labels'),
  ({ header }, { nowMs }) =>
    header.deadlineMs > nowMs && header.deadlineMs <= nowMs + MAX_DEADLINE_MS
      ? null
      : refusal('deadline', 'the deadline has passed or is too far away; check the clocks'),
  ({ header }, { log }) =>
    header.ledgerEpoch >= log.ledgerEpoch
      ? null
      : refusal('old_epoch', 'the ledger was restored to an epoch this node has left behind'),
  ({ header }, { config }) =>
    config.purposes.includes(header.purpose)
      ? null
      : refusal('purpose', 'this hospital does not answer for that purpose'),
  ({ header }, { config }) => {
    const sorted = header.cohort.every((id, i) => i === 0 || header.cohort[i - 1]! < id);
    if (!sorted || !header.cohort.includes(config.nodeId))
      return refusal('cohort', 'the cohort is not one of this node');
    const stranger = header.cohort.find((id) => !config.peers.includes(id));
    if (stranger) return refusal('stranger', 'the cohort has a member this hospital has not pinned');
    const needed = Math.max(config.minCohort, header.maxCollude + 2);
    return header.cohort.length >= needed && header.minCohort >= config.minCohort
      ? null
      : refusal('cohort_too_small', `this hospital answers only together with at least ${needed - 1} others`);
  },
  ({ header }, { log }) =>
    log.has(headerHash(header).toString('hex'))
      ? refusal('answered', 'this round was already answered')
      : null,
  // In exact mode a second cohort would reveal the difference of two sums exactly: another try is another request.
  ({ header }, { log }) =>
    header.attempt === 1 && log.attemptsOf(header.requestId) === 0
      ? null
      : refusal('second_attempt', 'an exact round is answered once per request'),
  ({ header }) => {
    if (header.mechanism !== 'vote') return refusal('mechanism', 'this node gives votes only');
    const den = BigInt(header.params.beta.den);
    if (den <= 0n) return refusal('beta', 'beta is not a fraction');
    const own = voteCostRhoPico({ num: BigInt(header.params.beta.num), den });
    return BigInt(header.rhoPico) >= own && own > 0n
      ? null
      : refusal('rho_too_small', 'the header charges less than this node computes for its mechanism');
  },
  ({ header }, { config, log }) =>
    log.totalRhoPico + BigInt(header.rhoPico) <= BigInt(config.limitRhoPico)
      ? null
      : refusal('budget', "the hospital's own limit is reached"),
];

/** The node-side guard. Pure but for what it is given; nothing is spent or computed here. */
export function checkRound(
  round: Message<'round'>,
  node: { config: NodeConfig; log: SpendLog; nowMs: number },
): { ok: true; round: CheckedRound } | { ok: false; refusal: Refusal } {
  for (const check of CHECKS) {
    const found = check(round, node);
    if (found) return { ok: false, refusal: found };
  }
  const h = headerHash(round.header).toString('hex');
  return { ok: true, round: { h, rhoPico: BigInt(round.header.rhoPico) } };
}

function refusal(code: string, reason: string): Refusal {
  return { code, reason };
}
