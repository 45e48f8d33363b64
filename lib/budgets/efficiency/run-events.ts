import { z } from 'zod';
import type { PrivacyEvent } from '#lib/privacy/accounting/events';
import { testCostRhoPico } from '#lib/privacy/mechanisms/consensus-charge';
import { gaussianVoteCostRhoPico } from '#lib/privacy/mechanisms/distributed-gaussian';
import { clipSteps, tokenCostRhoPico, tokenRange } from '#lib/privacy/mechanisms/short-answer';
import { voteCostRhoPico } from '#lib/privacy/mechanisms/vote';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { type Rational, rationalToNumber } from '#lib/privacy/sampling/rational';
import type { Run } from './read-runs.ts';

/** One charge as events of the accounting; `known` is false where only its price is. */
export type RunEvents = { events: PrivacyEvent[]; known: boolean };

const digits = z
  .string()
  .regex(/^\d{1,60}$/)
  .transform(BigInt);
const fraction = z.object({ num: digits, den: digits.refine((den) => den > 0n) });
const beta = fraction.refine((value) => value.num > 0n && value.num < 50n * value.den);

const vote = z.object({ mode: z.literal('exact'), beta });
const noisyVote = z.object({
  mode: z.literal('gaussian'),
  K: z.int().min(2),
  sigma2Local: fraction.refine((sigma2) => sigma2.num >= 4n * sigma2.den),
  nodes: z.int().positive(),
  maxCollude: z.int().nonnegative(),
  maxDropouts: z.int().nonnegative(),
});
const shortAnswer = z.object({
  mode: z.literal('exact'),
  clip: fraction.refine(isOnGrid),
  tau: z.int().positive().default(1),
  s: z.int().positive(),
  rhoPicoPerToken: digits,
});
const consensus = z.object({
  mode: z.literal('exact'),
  test: z.enum(['threshold', 'margin']),
  sigma2: fraction.refine((sigma2) => sigma2.num >= sigma2.den),
  beta,
});

/**
 * What one charge of a run stands for, from what its ledger entry says was run (privacy.md section 2). Where the entry
 * names no mechanism known here, or its charge does not fit what it names, the charge itself is all that is known: zCDP
 * of that rho. Nothing is ever left out. A charge fits at exactly the price its mechanism has, to the pico-rho.
 *
 * Of an answer that ended early, or a consensus that was not reached, this is what was drawn and charged, not what was
 * reserved and might have been drawn: see `provenEpsilon` for what follows from that.
 */
export function runEvents(run: Run): RunEvents {
  const events = eventsOf(run);
  if (events) return { events, known: true };
  return {
    events: [{ type: 'zcdp', rho: rhoPicoToNumber(run.chargedRhoPico), xi: 0, count: run.count }],
    known: false,
  };
}

function eventsOf({ mechanism, parameters, chargedRhoPico: charged, count }: Run): PrivacyEvent[] | null {
  const noisy = mechanism === 'short-answer' ? null : noisyVote.safeParse(parameters);
  if (noisy?.success) return noisyVoteEvents(noisy.data, charged, count);
  if (mechanism === 'vote') {
    const parsed = vote.safeParse(parameters);
    if (!parsed.success || charged !== voteCostRhoPico(parsed.data.beta)) return null;
    return [voteEvent(parsed.data.beta, count)];
  }
  if (mechanism === 'short-answer') {
    const parsed = shortAnswer.safeParse(parameters);
    if (!parsed.success) return null;
    const { clip, tau, s: shards, rhoPicoPerToken } = parsed.data;
    if (rhoPicoPerToken !== tokenCostRhoPico({ clip, shards, tau }) || charged % rhoPicoPerToken !== 0n)
      return null;
    const eta = tokenRange(clip, shards, tau);
    return [{ type: 'bounded_range', eta, count: count * Number(charged / rhoPicoPerToken) }];
  }
  if (mechanism === 'consensus') {
    const parsed = consensus.safeParse(parameters);
    return parsed.success ? consensusEvents(parsed.data, charged, count) : null;
  }
  return null;
}

/** The test always ran; the vote was drawn only where it is charged too. */
function consensusEvents(
  { test, sigma2, beta }: z.output<typeof consensus>,
  charged: bigint,
  count: number,
): PrivacyEvent[] | null {
  const sigma = Math.sqrt(rationalToNumber(sigma2));
  const sensitivity = test === 'threshold' ? 1 : 2;
  const tested: PrivacyEvent = { type: 'discrete_gaussian', sigma, sensitivity, count };
  const testRhoPico = testCostRhoPico(sigma2, test);
  if (charged === testRhoPico) return [tested];
  return charged === testRhoPico + voteCostRhoPico(beta) ? [tested, voteEvent(beta, count)] : null;
}

/**
 * One count moves up by one and another one down, each under noise of its own: two discrete Gaussians, of as many shares as
 * are certain to be there and unknown to whoever looks. Their sum is one of the summed variance up to parts in 10^16.
 */
function noisyVoteEvents(
  { K, sigma2Local, nodes, maxCollude, maxDropouts }: z.output<typeof noisyVote>,
  charged: bigint,
  count: number,
): PrivacyEvent[] | null {
  const survivors = nodes - maxCollude - maxDropouts;
  if (survivors < 1 || charged !== gaussianVoteCostRhoPico(sigma2Local, { survivors, labelCount: K }))
    return null;
  const sigma = Math.sqrt(survivors * rationalToNumber(sigma2Local));
  return [{ type: 'discrete_gaussian', sigma, sensitivity: 1, count: 2 * count }];
}

/** Counts move by one up and one down: a range of 2 beta. */
function voteEvent(beta: Rational, count: number): PrivacyEvent {
  return { type: 'bounded_range', eta: 2 * rationalToNumber(beta), count };
}

function isOnGrid(clip: Rational): boolean {
  try {
    return clipSteps(clip) > 0;
  } catch {
    return false;
  }
}
