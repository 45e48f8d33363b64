import { useLocale, useTranslations } from 'next-intl';
import type { AccountView } from '#lib/budgets/account-view';
import { formatShare } from '#lib/i18n/quantities';

type Shares = Pick<AccountView, 'spentShare' | 'reservedShare' | 'remainingShare'>;

/** Reserved is hatched, not only coloured: it may still come back. */
const HATCH = 'repeating-linear-gradient(135deg, var(--chart-2) 0 3px, transparent 3px 6px)';

/** The cap as the whole length; spent and reserved as its parts. Anything above nothing is at least a sliver. */
export function AccountBar({ account }: { account: Shares }) {
  const t = useTranslations('budgets');
  const locale = useLocale();
  const label = t('bar', {
    spent: formatShare(account.spentShare, locale),
    reserved: formatShare(account.reservedShare, locale),
    remaining: formatShare(account.remainingShare, locale),
  });
  return (
    <div
      role="img"
      aria-label={label}
      title={label}
      data-bar="track"
      className="flex h-2.5 w-full overflow-hidden rounded-full border border-line-strong bg-sunken"
    >
      {account.spentShare > 0 ? (
        <div className="bg-chart-1" style={{ width: width(account.spentShare) }} />
      ) : null}
      {account.reservedShare > 0 ? (
        <div className="bg-surface" style={{ width: width(account.reservedShare), backgroundImage: HATCH }} />
      ) : null}
    </div>
  );
}

function width(share: number): string {
  return `max(2px, ${(share * 100).toFixed(3)}%)`;
}

/** What the parts of a bar mean. */
export function BarLegend() {
  const t = useTranslations('budgets.legend');
  const swatch = 'inline-block size-2.5 rounded-[2px] border border-line-strong';
  return (
    <ul className="flex flex-wrap gap-4 text-muted text-xs">
      <li className="flex items-center gap-1.5">
        <span aria-hidden data-bar="swatch" className={`${swatch} bg-chart-1`} />
        {t('spent')}
      </li>
      <li className="flex items-center gap-1.5">
        <span
          aria-hidden
          data-bar="swatch"
          className={`${swatch} bg-surface`}
          style={{ backgroundImage: HATCH }}
        />
        {t('reserved')}
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden data-bar="swatch" className={`${swatch} bg-sunken`} />
        {t('remaining')}
      </li>
    </ul>
  );
}
