/** zCDP costs are integers of 1e-12 rho ("pico-rho"), so that sums are exact and no account drifts. */
export const RHO_PICO_PER_UNIT = 10n ** 12n;

const DECIMALS = 12;
const DECIMAL_RHO = /^(0|[1-9]\d*)(?:\.(\d{1,12}))?$/;

/** The exact decimal form of a cost in rho: no exponent, no trailing zeros. `433000000n` is `0.000433`. */
export function formatRho(rhoPico: bigint): string {
  const sign = rhoPico < 0n ? '-' : '';
  const magnitude = rhoPico < 0n ? -rhoPico : rhoPico;
  const whole = magnitude / RHO_PICO_PER_UNIT;
  const fraction = (magnitude % RHO_PICO_PER_UNIT).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/**
 * Reads a non-negative cost in rho from its decimal form.
 * @throws RangeError on a sign, an exponent, more than 12 decimals or anything else that is not a plain decimal:
 * rounding here would change what somebody is charged.
 */
export function parseRho(text: string): bigint {
  const match = DECIMAL_RHO.exec(text);
  if (match === null) throw new RangeError('rho must be a plain decimal with at most 12 decimals');
  return BigInt(match[1]!) * RHO_PICO_PER_UNIT + BigInt((match[2] ?? '').padEnd(DECIMALS, '0'));
}

/** The cost in rho as a float, rounded to the nearest: for display and for the float conversions, never to charge. */
export function rhoPicoToNumber(rhoPico: bigint): number {
  return Number(rhoPico) / Number(RHO_PICO_PER_UNIT);
}
