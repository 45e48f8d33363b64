import type { AccountKind } from '#lib/ledger/accounts';
import { MIN_COHORT } from '#lib/planner/choose-cohort';
import { formatRho } from '#lib/privacy/pico-rho';
import type { VoteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';

/** Why a request of the history came to nothing: the codes and words that the router itself would have used. */
export type Reason = { code: string; message: string };

export const roundFailed: Reason = {
  code: 'round_failed',
  message:
    'The round failed: a hospital did not answer. The request was charged in full, because what was let go is not known.',
};

export const nothingSent: Reason = {
  code: 'round_failed',
  message:
    'The round could not start: a hospital disconnected before it was asked. Nothing was charged; ask again with a new Idempotency-Key.',
};

export const publicModelUnavailable: Reason = {
  code: 'public_model_unavailable',
  message: 'The public model did not answer. Nothing was charged; ask again with a new Idempotency-Key.',
};

export const aboveWhatIsAllowed = (epsilon: number, maximum: number): Reason => ({
  code: 'epsilon_above_policy',
  message: `epsilon ${epsilon} is above your organisation's policy of ${maximum} a request.`,
});

export const purposeRefused = (purpose: string): Reason => ({
  code: 'purpose_refused',
  message: `Fewer than ${MIN_COHORT} hospitals answer for the purpose "${purpose}".`,
});

export const cohortTooSmall = (available: number): Reason => ({
  code: 'cohort_too_small',
  message: `A private answer needs at least ${MIN_COHORT} hospitals and ${available} can answer now. Nothing was charged.`,
});

export const datasetsExhausted = (affordable: number, rhoPico: bigint): Reason => ({
  code: 'privacy_budget_exhausted',
  message: `Only ${affordable} of the hospitals have rho ${formatRho(rhoPico)} of budget left and ${MIN_COHORT} are needed. Nothing was charged.`,
});

export const accountExhausted = (
  kind: AccountKind,
  name: string,
  leftRhoPico: bigint,
  rhoPico: bigint,
): Reason => ({
  code: 'privacy_budget_exhausted',
  message: `The ${kind} budget "${name}" has rho ${formatRho(leftRhoPico)} left and this request needs rho ${formatRho(rhoPico)}. Nothing was charged.`,
});

export function notUseful(
  question: { labelCount: number; epsilon: number },
  shards: number,
  { probabilityRight, suffices }: VoteUsefulness,
): Reason {
  const hint = suffices.epsilon === null ? 'no epsilon' : `epsilon ${suffices.epsilon}`;
  return {
    code: 'epsilon_not_useful',
    message: `With ${shards} shards, ${question.labelCount} labels and epsilon ${question.epsilon} the right label would win with probability ${probabilityRight.toFixed(2)}, under the 0.80 that makes an answer worth its charge. ${hint} would suffice with these shards. Nothing was charged.`,
  };
}
