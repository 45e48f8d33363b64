import { type Rational, rationalToNumber } from '../sampling/rational.ts';

/** The furthest that private data can move the odds between any two answers, as factors. */
export type OddsRatio = {
  /** One patient, whatever the others are: what the guarantee lets through. */
  onePatient: number;
  /** All patients together, from what the public alone would say: what the answer can tell at most. */
  allPatients: number;
};

/**
 * A vote's odds of two labels are e^(beta (a - b)) of their counts. One shard moves a - b by at most 2; all s of them
 * move it from 0, where nobody votes, to s. (From all against to all in favour it would be the square.)
 */
export function voteOddsRatio(beta: Rational, shards: number): OddsRatio {
  const perVote = rationalToNumber(beta);
  return { onePatient: factor(2 * perVote), allPatients: factor(perVote * shards) };
}

/**
 * A token's odds are e^((difference of phi_pub + mean d)/tau). One shard moves one candidate's mean by up to 2C/s up
 * and another's down; all of them together move both by C from the public model.
 */
export function tokenOddsRatio(clip: Rational, shards: number, tau: number): OddsRatio {
  const nats = rationalToNumber(clip) / tau;
  return { onePatient: factor((4 * nats) / shards), allPatients: factor(2 * nats) };
}

/** e^nats, and the largest number there is where it would be more: JSON has no infinity. */
function factor(nats: number): number {
  return Math.min(Number.MAX_VALUE, Math.exp(nats));
}
