import { randomBytes, randomUUID } from 'node:crypto';
import { encodeFrame } from '#lib/nodes/frame';
import { type Contribution, type NodeChannel, RoundRefusedError } from '#lib/nodes/node-channel';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import {
  headerHash,
  queryCommit,
  type RoundHeader,
  type RoundQuery,
  roundHeaderSchema,
} from '#lib/nodes/round-header';
import { MIN_COHORT } from '#lib/planner/choose-cohort';
import type { RouterContext } from '../context.ts';
import type { Plan } from './plan.ts';

/** A guard that refuses one round (its limit, its clock, its epoch) would refuse the next one too. */
const REST_AFTER_REFUSAL_MS = 60_000;
/** Refusals of what was asked, which say nothing about the next round. */
const OF_THE_ROUND_ALONE = ['wrong_query', 'clip', 'units', 'parameters', 'position'];
/** How long a round that has failed still waits for the other nodes' receipts. */
const RECEIPT_GRACE_MS = 500;

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

/** Everything the cohort sent back: one vector and one receipt per node. */
export type Round = { contributions: Contribution[] };

/** No header had reached any node: the reservation may be given back. */
export class NothingSentError extends Error {
  override readonly name = 'NothingSentError';
}

/** Something was asked and not everything came back: the whole reservation is charged. */
export class RoundFailedError extends Error {
  override readonly name = 'RoundFailedError';
  /** What did come back: receipts to keep. */
  readonly contributions: Contribution[];
  constructor(message: string, contributions: Contribution[], cause: unknown) {
    super(message, { cause });
    this.contributions = contributions;
  }
}

/**
 * Sends one signed header to the whole cohort and waits for every node. All or nothing: what resolves has each node's
 * receipt for this very round, its signature verified (a channel rejects any other).
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
  try {
    const settled = await Promise.allSettled(
      connected.map(async (channel) => {
        try {
          return await channel.round(sent, giveUp.signal);
        } catch (error) {
          if (error instanceof RoundRefusedError) {
            if (!OF_THE_ROUND_ALONE.includes(error.code))
              context.nodes.rest(channel.facts.nodeId, REST_AFTER_REFUSAL_MS);
            context.log.error({ node: channel.facts.name, code: error.code }, 'a guard refused a round');
          }
          // One node missing fails the round. The others get a moment: their receipts belong into the ledger.
          setTimeout(() => giveUp.abort(error), RECEIPT_GRACE_MS).unref();
          throw error;
        }
      }),
    );
    const contributions = settled.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    const failure = settled.find((outcome) => outcome.status === 'rejected');
    if (failure) throw new RoundFailedError(describe(failure.reason), contributions, failure.reason);
    return { contributions };
  } finally {
    clearTimeout(timer);
  }
}

/** The signed frame of a round. What cannot be written into one was never sent. */
async function sealedRound(context: RouterContext, plan: Plan, call: RoundCall) {
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
  const { query, cohort } = plan;
  return roundHeaderSchema.parse({
    v: 1,
    suite: 'clear',
    keyEpoch: 0,
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
    sigmaLocal: 0,
    maxCollude: 0,
    maxDropouts: 0,
    cohort: cohort.map((candidate) => candidate.nodeId).sort(),
    minCohort: MIN_COHORT,
    deadlineMs: Date.now() + ROUND_DEADLINE_MS,
    rhoPico: String(call.rhoPico),
  });
}

function describe(reason: unknown): string {
  if (reason instanceof RoundRefusedError) return `a hospital's guard refused the round (${reason.code})`;
  return 'a hospital did not answer';
}
