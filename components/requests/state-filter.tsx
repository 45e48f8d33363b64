import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { REQUEST_STATES, type RequestState } from '#lib/requests/request-states';
import { cn } from '../ui/cn.ts';

/** One state or all, kept in the address so that it can be shared. */
export function StateFilter({ current }: { current: RequestState | undefined }) {
  const t = useTranslations('requests');
  const options = [undefined, ...REQUEST_STATES];
  return (
    <nav aria-label={t('filter')} className="flex flex-wrap gap-1">
      {options.map((state) => (
        <Link
          key={state ?? 'all'}
          href={state ? `/requests?state=${state}` : '/requests'}
          aria-current={state === current ? 'true' : undefined}
          className={cn(
            'flex h-8 items-center rounded-full border px-3 text-sm',
            state === current
              ? 'border-accent bg-accent-soft font-medium'
              : 'bg-surface text-muted hover:bg-sunken hover:text-ink',
          )}
        >
          {state ? t(`states.${state}`) : t('all')}
        </Link>
      ))}
    </nav>
  );
}
