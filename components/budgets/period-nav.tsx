import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { cn } from '../ui/cn.ts';

type Props = { periods: string[]; current: string; present: string };

/** The years that have budgets in view. Nothing to choose from is nothing to show. */
export function PeriodNav({ periods, current, present }: Props) {
  const t = useTranslations('budgets');
  if (periods.length < 2) return null;
  return (
    <nav aria-label={t('periods')} className="inline-flex rounded-md border bg-sunken p-0.5">
      {periods.map((period) => (
        <Link
          key={period}
          href={period === present ? '/budgets' : `/budgets?period=${period}`}
          aria-current={period === current ? 'page' : undefined}
          className={cn(
            'figures inline-flex h-7 items-center rounded-sm border border-transparent px-2 text-muted text-sm hover:text-ink',
            period === current && 'border-line bg-surface font-medium text-ink',
          )}
        >
          {period}
        </Link>
      ))}
    </nav>
  );
}
