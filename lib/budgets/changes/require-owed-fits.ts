import { UnprocessableError } from '#lib/errors';
import { formatRho } from '#lib/privacy/pico-rho';

type Standing = { capRhoPico: bigint; spentRhoPico: bigint; reservedRhoPico: bigint };

/** A budget whose cap cannot bear what was let go stays frozen: thawed, it would let go more on top of it. */
export function requireOwedFits(account: Standing, owedRhoPico: bigint): void {
  const { capRhoPico, spentRhoPico, reservedRhoPico } = account;
  const left = capRhoPico - spentRhoPico - reservedRhoPico;
  if (owedRhoPico <= left) return;
  throw new UnprocessableError(
    `Receipts prove rho ${formatRho(owedRhoPico)} more than was charged, and the cap leaves rho ${formatRho(left)}. Raise the cap first. Nothing was changed.`,
    { code: 'charges_owed', extra: { owed: formatRho(owedRhoPico), left: formatRho(left) } },
  );
}
