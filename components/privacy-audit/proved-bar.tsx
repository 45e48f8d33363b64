import { useLocale, useTranslations } from 'next-intl';
import { formatShare } from '#lib/i18n/quantities';

type Props = { proved: number; claimed: number };

/** What the answers prove, as a part of what was charged: the whole length. Past the end the claim is refuted. */
export function ProvedBar({ proved, claimed }: Props) {
  const t = useTranslations('privacyAudit');
  const locale = useLocale();
  const share = claimed > 0 ? proved / claimed : 0;
  const text = formatShare(share, locale);
  return (
    <div className="flex items-center justify-end gap-2">
      <div
        role="img"
        aria-label={t('bar', { share: text })}
        data-bar="track"
        className="h-2.5 w-10 overflow-hidden rounded-full border border-line-strong bg-sunken"
      >
        <div
          className={share > 1 ? 'h-full bg-danger' : 'h-full bg-chart-1'}
          style={{ width: `${(Math.min(1, share) * 100).toFixed(1)}%` }}
        />
      </div>
      <span aria-hidden className="figures w-10 text-right">
        {text}
      </span>
    </div>
  );
}
