/** A non-negative fraction, exact. `den` is positive; it need not be in lowest terms. */
export type Rational = { num: bigint; den: bigint };

/** @throws RangeError, naming the parameter, when the fraction is negative or its denominator is not positive. */
export function requireRational(name: string, value: Rational): void {
  if (value.den <= 0n || value.num < 0n) {
    throw new RangeError(`${name} must be a non-negative fraction with a positive denominator`);
  }
}

/** The nearest float: for reports and tests, never for a draw or a charge. */
export function rationalToNumber(value: Rational): number {
  // Scaled first, so that a large numerator and denominator do not overflow to Infinity / Infinity.
  const whole = value.num / value.den;
  const rest = ((value.num % value.den) << 64n) / value.den;
  return Number(whole) + Number(rest) / 2 ** 64;
}

/** The fraction as it is written into headers and the ledger: two decimal integers, exact. */
export function fractionText({ num, den }: Rational): { num: string; den: string } {
  return { num: String(num), den: String(den) };
}
