import { z } from 'zod';
import type { PrivacyEvent } from '#lib/privacy/accounting/events';
import { RHO_PICO_PER_UNIT, rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { rationalToNumber } from '#lib/privacy/sampling/rational';
import type { Run } from './read-runs.ts';

/** One charge as events of the accounting; `known` is false where only its price is. */
export type RunEvents = { events: PrivacyEvent[]; known: boolean };

const digits = z
  .string()
  .regex(/^\d{1,60}$/)
  .transform(BigInt);
const fraction = z
  .object({ num: digits, den: digits.refine((den) => den > 0n) })
  .transform(rationalToNumber)
  .or(z.number().positive());
const beta = fraction.refine((value) => value > 0 && value < 50);

const vote = z.object({ mode: z.literal('exact'), beta });
const shortAnswer = z.object({
  mode: z.literal('exact'),
  clip: fraction,
  tau: fraction.default(1),
  s: z.int().positive(),
  rhoPicoPerToken: digits,
});
const consensus = z.object({
  mode: z.literal('exact'),
  test: z.enum(['threshold', 'margin']),
  sigma2: fraction.refine((sigma2) => sigma2 >= 1),
  beta,
});

/**
 * What one charge of a run stands for, from what its ledger entry says was run (privacy.md section 2). Where the entry
 * names no mechanism known here, or its charge does not fit what it names, the charge itself is all that is known: zCDP
 * of that rho. Nothing is ever left out.
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
  if (mechanism === 'vote') {
    const parsed = vote.safeParse(parameters);
    if (!parsed.success || !matches(charged, voteRho(parsed.data.beta))) return null;
    return [voteEvent(parsed.data.beta, count)];
  }
  if (mechanism === 'short-answer') {
    const parsed = shortAnswer.safeParse(parameters);
    if (!parsed.success) return null;
    const { clip, tau, s, rhoPicoPerToken } = parsed.data;
    const eta = (4 * clip) / (s * tau);
    if (rhoPicoPerToken === 0n || charged % rhoPicoPerToken !== 0n) return null;
    if (!matches(rhoPicoPerToken, eta ** 2 / 8)) return null;
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
  const sigma = Math.sqrt(sigma2);
  const sensitivity = test === 'threshold' ? 1 : 2;
  const tested: PrivacyEvent = { type: 'discrete_gaussian', sigma, sensitivity, count };
  const testRho = sensitivity ** 2 / (2 * sigma2);
  if (matches(charged, testRho)) return [tested];
  return matches(charged, testRho + voteRho(beta)) ? [tested, voteEvent(beta, count)] : null;
}

/** Counts move by one up and one down: a range of 2 beta. */
function voteEvent(beta: number, count: number): PrivacyEvent {
  return { type: 'bounded_range', eta: 2 * beta, count };
}

function voteRho(beta: number): number {
  return beta ** 2 / 2;
}

/** Whether a charge is the rounded-up price of this rho: within a few pico-rho, or a part in a million. */
function matches(rhoPico: bigint, rho: number): boolean {
  const price = rho * Number(RHO_PICO_PER_UNIT);
  return Math.abs(Number(rhoPico) - price) <= 4 + 1e-6 * price;
}
