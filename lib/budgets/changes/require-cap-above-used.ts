import { UnprocessableError } from '#lib/errors';
import { formatRho } from '#lib/privacy/pico-rho';

type Used = { spentRhoPico: bigint; reservedRhoPico: bigint };

/**
 * A cap below what is let go already would be a lie about the past: it is refused, and never clamped to what fits.
 * @param owedRhoPico what receipts prove and the account was not charged yet.
 */
export function requireCapAboveUsed(
  { spentRhoPico, reservedRhoPico }: Used,
  toRhoPico: bigint,
  owedRhoPico: bigint,
): void {
  const used = spentRhoPico + reservedRhoPico + owedRhoPico;
  if (toRhoPico >= used) return;
  const owed =
    owedRhoPico > 0n
      ? `, with rho ${formatRho(owedRhoPico)} that receipts prove and nobody was charged for`
      : '';
  throw new UnprocessableError(
    `This cap (rho ${formatRho(toRhoPico)}) is below the rho ${formatRho(used)} that is spent and reserved already${owed}. Nothing was changed.`,
    { code: 'cap_below_spent', extra: { used: formatRho(used), cap: formatRho(toRhoPico) } },
  );
}
