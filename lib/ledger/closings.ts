import type { AccountKind } from './accounts.ts';

/** What left `reserved` on one account: `chargedRhoPico` to spent, the rest back to the budget. */
export type Closing = {
  accountId: string;
  kind: AccountKind;
  chargedRhoPico: bigint;
  releasedRhoPico: bigint;
  /** What the account has left afterwards. */
  remainingRhoPico: bigint;
};

/**
 * How a reservation becomes a charge, and a release of what was not drawn.
 * @param chargeRhoPico null charges the full reservation. @throws RangeError when it does not fit the reservation.
 */
export function splitReservation(
  reservedRhoPico: bigint,
  chargeRhoPico: bigint | null,
): { chargedRhoPico: bigint; releasedRhoPico: bigint } {
  const chargedRhoPico = chargeRhoPico ?? reservedRhoPico;
  if (chargedRhoPico < 0n || chargedRhoPico > reservedRhoPico) {
    throw new RangeError(
      `a charge of ${chargedRhoPico} does not fit a reservation of ${reservedRhoPico} pico-rho`,
    );
  }
  return { chargedRhoPico, releasedRhoPico: reservedRhoPico - chargedRhoPico };
}
