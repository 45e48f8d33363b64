/** Epsilon with three significant digits: 0.1 is "0.100", 10 is "10.0"; nothing spent is plainly "0". */
export function formatEpsilon(epsilon: number, locale: string): string {
  if (epsilon === 0) return '0';
  return new Intl.NumberFormat(locale, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }).format(
    epsilon,
  );
}

/** Delta as a power of ten: "0.00001" is "1e-5". The stored string is never rounded, only shown short. */
export function formatDelta(delta: string | number): string {
  return Number(delta)
    .toExponential()
    .replace(/e([+-])0*/, 'e$1');
}

/** A rho decimal string in four significant digits, for reading; the exact string stays in the title. */
export function formatRhoShort(rho: string, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 }).format(Number(rho));
}

/** A balance in rho to six decimals, so that what one question takes from it can be seen. */
export function formatRhoFixed(rho: string, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 6, maximumFractionDigits: 6 }).format(
    Number(rho),
  );
}

/** A share in [0, 1] as a percentage. What is not quite nothing or not quite all is never rounded to it. */
export function formatShare(share: number, locale: string): string {
  const kept = share > 0 && share < 0.001 ? 0.001 : share < 1 && share > 0.999 ? 0.999 : share;
  const digits = kept > 0 && kept < 1 && (kept < 0.01 || kept > 0.99) ? 1 : 0;
  const text = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(
    kept,
  );
  return share > 0 && share < 0.001 ? `< ${text}` : share < 1 && share > 0.999 ? `> ${text}` : text;
}

/** A share of which "at most" is said: rounded up, so that it stays a bound, to tenths of a percent near both ends. */
export function formatShareAtMost(share: number, locale: string): string {
  const digits = share > 0 && (share < 0.01 || share > 0.99) ? 1 : 0;
  // What floats add to a whole step is not rounded up to the next.
  const roundedUp = Math.max(0, Math.ceil(share * 100 * 10 ** digits - 1e-9)) / 10 ** digits / 100;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(roundedUp);
}

/** Beyond this a factor says no more than that it is large. */
const LARGEST_FACTOR = 1_000_000;

/** By how many times something grows at most: "7.4", "1.063"; rounded up, so that it stays a bound. */
export function formatFactor(factor: number, locale: string): string {
  if (factor > LARGEST_FACTOR) return `> ${new Intl.NumberFormat(locale).format(LARGEST_FACTOR)}`;
  const digits = factor < 2 ? 3 : factor < 10 ? 1 : 0;
  // What floats add to a whole step is not rounded up to the next.
  const roundedUp = Math.ceil(factor * 10 ** digits - 1e-9) / 10 ** digits;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(roundedUp);
}

/** A hash or id shortened in the middle. */
export function shorten(text: string, head = 8, tail = 6): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}
