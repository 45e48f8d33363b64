import { useTranslations } from 'next-intl';
import { cn } from '../ui/cn.ts';

/** The mark: one point among several, joined and not touched. */
export function Brand({ collapsed = false }: { collapsed?: boolean }) {
  const t = useTranslations('app');
  return (
    <span className="flex items-center gap-2.5 font-semibold">
      <svg aria-hidden="true" viewBox="0 0 32 32" fill="none" className="size-6 shrink-0">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <g className="stroke-on-accent" strokeWidth="2.2" strokeLinecap="round">
          <path d="M16 6v6m0 8v6M7.3 11l5.2 3m7 4 5.2 3M7.3 21l5.2-3m7-4 5.2-3" />
          <circle cx="16" cy="16" r="3.4" />
        </g>
      </svg>
      <span className={cn('leading-tight', collapsed && 'sr-only')}>{t('shortName')}</span>
    </span>
  );
}
