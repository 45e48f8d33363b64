import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { sigmaLocalFor } from '#lib/privacy/mechanisms/distributed-gaussian';
import { HEART_LABELS } from './questions.ts';

/** What a vote with the hospitals' own noise costs where `survivors` shares of it count, pico-rho. */
export function noisyVoteRhoPico(epsilon: number, labelCount = HEART_LABELS.length, survivors = 2): bigint {
  return sigmaLocalFor(rhoFromEpsilon(epsilon, 1e-5), { survivors, labelCount }).rhoPico;
}

/** Of the usual question at the usual epsilon: three hospitals, of which one may collude. */
export const VOTE_RHO_PICO = noisyVoteRhoPico(0.1);
