import { UnprocessableError } from '#lib/errors';
import { formatRho } from '#lib/privacy/pico-rho';

type Used = { spentRhoPico: bigint; reservedRhoPico: bigint };

/** A cap below what is let go already would be a lie about the past: it is refused, and never clamped to what fits. */
export function requireCapAboveUsed({ spentRhoPico, reservedRhoPico }: Used, toRhoPico: bigint): void {
  const used = spentRhoPico + reservedRhoPico;
  if (toRhoPico >= used) return;
  throw new UnprocessableError(
    `This cap (rho ${formatRho(toRhoPico)}) is below the rho ${formatRho(used)} that is spent and reserved already. Nothing was changed.`,
    { code: 'cap_below_spent', extra: { used: formatRho(used), cap: formatRho(toRhoPico) } },
  );
}
