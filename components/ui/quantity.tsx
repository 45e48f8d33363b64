import { useLocale } from 'next-intl';
import { formatDelta, formatEpsilon, formatRhoShort } from '#lib/i18n/quantities';

/** An epsilon is nothing without its delta: they are always shown together. */
export function Epsilon({ epsilon, delta }: { epsilon: number; delta: string | number }) {
  const locale = useLocale();
  return (
    <span className="figures whitespace-nowrap">
      ε {formatEpsilon(epsilon, locale)} <span className="text-muted">· δ {formatDelta(delta)}</span>
    </span>
  );
}

/** A cost in rho, short; the exact figure on hover. */
export function Rho({ rho }: { rho: string }) {
  const locale = useLocale();
  return (
    <span className="figures whitespace-nowrap" title={`ρ ${rho}`}>
      ρ {formatRhoShort(rho, locale)}
    </span>
  );
}
