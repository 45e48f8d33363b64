import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import type { AUDIT_SUBJECTS } from '#lib/privacy/audit/report';
import type { Path } from './path.ts';
import type { Side } from './scenario.ts';

/** At which epsilons are stated and turned into charges, as in the product by default. */
export const DELTA = 1e-5;

/** One sample of an attack: what the attacker saw, and the requests that it took. */
export type Sample = { answer: string; requestIds: readonly string[] };

/**
 * What is audited: a way of asking, and what of the replies an attacker would look at. What it costs is not said here:
 * the ledger says it.
 */
export type Subject = {
  id: (typeof AUDIT_SUBJECTS)[number];
  /** Asks once, or several times for one joint sample, and reports what came back. */
  ask(path: Path, side: Side): Promise<Sample>;
};

/** The epsilon whose charge lets every log-probability of an exponential mechanism move by eta: rho = eta^2/8. */
export function epsilonForEta(eta: number): number {
  return epsilonFromRho(BigInt(Math.round((eta * eta * 1e12) / 8)), DELTA);
}
