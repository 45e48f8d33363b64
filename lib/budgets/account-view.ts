import type { Account } from '#lib/db/generated/client';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho, rhoPicoToNumber } from '#lib/privacy/pico-rho';

/** What the console shows of an account. Rho as exact decimal strings; epsilons at the account's own delta. */
export function toAccountView(account: Account) {
  const { capRhoPico, spentRhoPico, reservedRhoPico } = account;
  const remainingPico = capRhoPico - spentRhoPico - reservedRhoPico;
  const delta = Number(account.delta);
  const share = (rhoPico: bigint) =>
    capRhoPico === 0n ? 1 : rhoPicoToNumber(rhoPico) / rhoPicoToNumber(capRhoPico);
  return {
    id: account.id,
    kind: account.kind,
    name: account.name,
    period: account.period,
    state: account.state,
    delta: account.delta,
    capRho: formatRho(capRhoPico),
    spentRho: formatRho(spentRhoPico),
    reservedRho: formatRho(reservedRhoPico),
    remainingRho: formatRho(remainingPico),
    /** The bound that holds whatever is asked: epsilon of the whole cap. */
    capEpsilon: epsilonFromRho(capRhoPico, delta),
    /** An odometer: what the answers so far amount to. Not a bound on what may still come. */
    spentEpsilon: epsilonFromRho(spentRhoPico, delta),
    spentShare: share(spentRhoPico),
    reservedShare: share(reservedRhoPico),
    remainingShare: share(remainingPico),
  };
}
export type AccountView = ReturnType<typeof toAccountView>;
