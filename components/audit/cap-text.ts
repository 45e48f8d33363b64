import { formatDelta, formatEpsilon, formatRhoShort } from '#lib/i18n/quantities';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';

/** A cap inside a sentence: in rho as it was logged, and what that means where the account's delta is known. */
export function capText(pico: string | null, delta: string | null, locale: string): string {
  if (pico === null) return '–';
  const rho = `ρ ${formatRhoShort(formatRho(BigInt(pico)), locale)}`;
  if (delta === null) return rho;
  const epsilon = formatEpsilon(epsilonFromRho(BigInt(pico), Number(delta)), locale);
  return `${rho} (ε ${epsilon} · δ ${formatDelta(delta)})`;
}
