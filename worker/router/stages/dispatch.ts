import { randomBytes, randomUUID } from 'node:crypto';
import { encodeFrame } from '#lib/nodes/frame';
import { type NodeChannel, RoundRefusedError, type RoundCall as SealedRound } from '#lib/nodes/node-channel';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import {
  headerHash,
  queryCommit,
  type RoundHeader,
  type RoundQuery,
  roundHeaderSchema,
} from '#lib/nodes/round-header';
import { SUITE } from '#lib/secure-aggregation/key-announcement';
import type { RouterContext } from '../context.ts';
import { collectAll } from './collect-all.ts';
import { collectSurvivors } from './collect-survivors.ts';
import { minCohortOf, type Plan } from './plan.ts';
import { recordRefusedRound } from './record-refused-round.ts';
import { type AskedNode, NothingSentError, type Round } from './round.ts';

/** A guard that refuses one round (its limit, its clock, its epoch) would refuse the next one too. */
const REST_AFTER_REFUSAL_MS = 60_000;
/** Refusals of what was asked, which say nothing about the next round. */
const OF_THE_ROUND_ALONE = [
  'wrong_query',
  'clip',
  'units',
  'parameters',
  'position',
  'stale_keys',
  'other_keys',
];

/** What a mechanism asks the cohort in one round. */
export type RoundCall = Pick<RoundHeader, 'mechanism' | 'params'> & {
  query: RoundQuery;
  /** Coordinates of the vector, integers per unit of one, and the most that one shard moves one. */
  len: number;
  scale: number;
  sensitivity: number;
  /** What this round costs every account, pico-rho. */
  rhoPico: bigint;
};

/**
 * Sends one signed header to the whole cohort, waits for every node or for the survivors, and takes the masks off the
 * sum. What resolves has the receipt of each node that counts for this very round, its signature verified (a channel
 * rejects any other).
 */
export async function dispatch(context: RouterContext, plan: Plan, call: RoundCall): Promise<Round> {
  const sent = await sealedRound(context, plan, call);
  const channels = plan.cohort.map((candidate) => context.nodes.get(candidate.nodeId));
  const connected = channels.filter((channel): channel is NodeChannel => channel !== undefined);
  if (connected.length !== plan.cohort.length)
    throw new NothingSentError('a hospital disconnected before it was asked');

  const giveUp = new AbortController();
  const timer = setTimeout(
    () => giveUp.abort(new Error('the deadline of the round passed')),
    ROUND_DEADLINE_MS,
  );
  const asked = connected.map((channel): AskedNode => {
    const contribution = channel.round(sent, giveUp.signal).catch((error: unknown) => {
      if (error instanceof RoundRefusedError) noteRefusal(context, channel, sent, error);
      throw error;
    });
    // Whoever waits for it may have stopped by then.
    contribution.catch(() => {});
    return { channel, contribution };
  });
  try {
    const collect = sent.header.masking === 'all-or-nothing' ? collectAll : collectSurvivors;
    return await collect(sent, asked, giveUp);
  } finally {
    clearTimeout(timer);
    giveUp.abort(new Error('the round is over'));
  }
}

function noteRefusal(
  context: RouterContext,
  channel: NodeChannel,
  sent: SealedRound,
  error: RoundRefusedError,
) {
  const { nodeId, name } = channel.facts;
  if (!OF_THE_ROUND_ALONE.includes(error.code)) context.nodes.rest(nodeId, REST_AFTER_REFUSAL_MS);
  context.log.error({ node: name, code: error.code }, 'a guard refused a round');
  const refused = { nodeId, requestId: sent.header.requestId, code: error.code };
  const recorded = recordRefusedRound(context, refused);
  context.inFlight.add(recorded);
  void recorded.finally(() => context.inFlight.delete(recorded));
}

/** The signed frame of a round. What cannot be written into one was never sent. */
async function sealedRound(context: RouterContext, plan: Plan, call: RoundCall): Promise<SealedRound> {
  try {
    const nonce = randomBytes(32);
    const header = roundHeader(context, plan, call, queryCommit(nonce, call.query));
    const h = headerHash(header);
    const signed = await context.signHeader(h);
    const frame = encodeFrame('round', { header, signed, nonce: nonce.toString('hex'), query: call.query });
    return { header, h: h.toString('hex'), frame };
  } catch (cause) {
    throw new NothingSentError('the round cannot be written', { cause });
  }
}

function roundHeader(context: RouterContext, plan: Plan, call: RoundCall, commit: string): RoundHeader {
  const { query, asked } = plan;
  const cohort = plan.cohort.map((candidate) => candidate.nodeId).sort();
  return roundHeaderSchema.parse({
    v: 1,
    suite: SUITE,
    keyEpoch: context.keyDirectory.keyEpoch,
    keyDirectoryHash: context.keyDirectory.directoryHash(cohort),
    masking: asked.masking,
    ledgerEpoch: context.ledgerEpoch,
    requestId: query.requestId,
    roundId: randomUUID(),
    attempt: 1,
    mechanism: call.mechanism,
    mode: query.mode,
    params: call.params,
    queryCommit: commit,
    purpose: query.purpose,
    len: call.len,
    modBits: 32,
    scale: call.scale,
    sensitivity: call.sensitivity,
    maxCollude: asked.maxCollude,
    maxDropouts: asked.maxDropouts,
    cohort,
    minCohort: minCohortOf(context),
    deadlineMs: Date.now() + ROUND_DEADLINE_MS,
    rhoPico: String(call.rhoPico),
  });
}
