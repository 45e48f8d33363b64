import { useLocale } from 'next-intl';
import { formatDelta, formatEpsilon, formatRhoFixed, formatRhoShort } from '#lib/i18n/quantities';

/** An epsilon is nothing without its delta: they are always shown together. */
export function Epsilon({ epsilon, delta }: { epsilon: number; delta: string | number }) {
  const locale = useLocale();
  return (
    <span className="figures whitespace-nowrap">
      ε {formatEpsilon(epsilon, locale)}{' '}
      <span className="text-muted normal-nums">· δ {formatDelta(delta)}</span>
    </span>
  );
}

type RhoProps = {
  rho: string /** For balances beside each other, which differ by little. */;
  fixed?: boolean;
};

/** A cost in rho, short; the exact figure on hover. */
export function Rho({ rho, fixed = false }: RhoProps) {
  const locale = useLocale();
  return (
    <span className="figures whitespace-nowrap" title={`ρ ${rho}`}>
      ρ {fixed ? formatRhoFixed(rho, locale) : formatRhoShort(rho, locale)}
    </span>
  );
}
