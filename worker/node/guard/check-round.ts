import { verifyHeader } from '#lib/nodes/header-signature';
import type { Message } from '#lib/nodes/messages';
import { headerHash, queryCommit } from '#lib/nodes/round-header';
import type { NodeKeys } from '#lib/secure-aggregation/node-keys';
import { checkKeys } from './check-keys.ts';
import { checkMasking } from './check-masking.ts';
import { checkNoise } from './check-noise.ts';
import { checkQuery } from './check-query.ts';
import type { Check, Guarded } from './guarded.ts';
import { type Refusal, refusal } from './refusal.ts';
import { roundCostRhoPico } from './round-cost.ts';
import { LEAST_ROUND_RHO_PICO, MOST_SHARDS } from './round-limits.ts';

/** A round that the guard lets through: its hash, what it will cost, and the keys it is masked with. */
export type CheckedRound = { h: string; rhoPico: bigint; keys: NodeKeys };

/** A deadline further away than this is a wrong clock, not a plan. */
const MAX_DEADLINE_MS = 120_000;

/** Every reason to refuse, in order. The node trusts nothing the router says about itself, cost least of all. */
const CHECKS: Check[] = [
  ({ signed }, { routerKey }, h) =>
    verifyHeader(h, signed, routerKey)
      ? null
      : refusal('bad_signature', 'the header is not signed by the router this node has pinned'),
  ({ header, nonce, query }) =>
    queryCommit(Buffer.from(nonce, 'hex'), query) === header.queryCommit
      ? null
      : refusal('wrong_query', 'the query is not the one the header commits to'),
  (round, { engine }) => checkQuery(round, engine),
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
  (_round, { rate, nowMs }) =>
    rate.hasRoom(nowMs) ? null : refusal('rate', 'this hospital answers no more rounds this minute'),
  ({ header }, { config, peers }) => {
    const sorted = header.cohort.every((id, i) => i === 0 || header.cohort[i - 1]! < id);
    if (!sorted || !header.cohort.includes(config.nodeId))
      return refusal('cohort', 'the cohort is not one of this node');
    const stranger = header.cohort.find((id) => id !== config.nodeId && !peers.has(id));
    if (stranger) return refusal('stranger', 'the cohort has a member this hospital has not pinned');
    const needed = Math.max(config.minCohort, header.maxCollude + 2);
    return header.cohort.length >= needed && header.minCohort >= config.minCohort
      ? null
      : refusal('cohort_too_small', `this hospital answers only together with at least ${needed - 1} others`);
  },
  checkKeys,
  ({ header }, { config }) => checkMasking(header, config),
  ({ header }, { config }) => checkNoise(header, config.minSigmaLocal),
  ({ header }, { config }) =>
    header.params.s >= config.shards
      ? null
      : refusal('shards', 'the header counts fewer shards than this node alone has'),
  ({ header }) =>
    header.params.s <= MOST_SHARDS
      ? null
      : refusal('shards', `the header counts more than ${MOST_SHARDS} shards`),
  (_round, { log }, h) =>
    log.has(h.toString('hex')) ? refusal('answered', 'this round was already answered') : null,
  ({ header }, { log, history }) => history.check(header, log.attemptsOf(header.requestId)),
  ({ header }) => {
    const own = roundCostRhoPico(header);
    if (own === null) return refusal('parameters', 'a parameter of the mechanism is not a fraction above 0');
    if (own < LEAST_ROUND_RHO_PICO) {
      return refusal('rho_too_small', `no round costs less than ${LEAST_ROUND_RHO_PICO} pico-rho`);
    }
    return BigInt(header.rhoPico) >= own
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
  node: Guarded,
): { ok: true; round: CheckedRound } | { ok: false; refusal: Refusal } {
  const h = headerHash(round.header);
  for (const check of CHECKS) {
    const found = check(round, node, h);
    if (found) return { ok: false, refusal: found };
  }
  const keys = node.keysOf(round.header.keyEpoch)!;
  return { ok: true, round: { h: h.toString('hex'), rhoPico: BigInt(round.header.rhoPico), keys } };
}
