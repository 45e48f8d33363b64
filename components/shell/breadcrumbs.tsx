'use client';

import { ChevronRight } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { shorten } from '#lib/i18n/quantities';
import { cn } from '../ui/cn.ts';
import { useCrumbName } from './crumb-name.tsx';
import { NAV_GROUPS } from './nav-items.ts';
import { NavLink } from './nav-link.tsx';

/** Pages that no navigation lists. */
const OTHERS = [
  { key: 'design', href: '/design' },
  { key: 'glossary', href: '/glossary' },
  { key: 'mailbox', href: '/mailbox' },
] as const;

/** Where this page is: its list and, on a detail page, what it is about: by its name, else by its id. */
export function Breadcrumbs() {
  const t = useTranslations('nav');
  const [first, second] = usePathname().split('/').filter(Boolean);
  const name = useCrumbName(second);
  const items = [...NAV_GROUPS.flatMap((group) => group.items), ...OTHERS];
  const item = items.find(({ href }) => href === `/${first}`);
  if (!item) return <span className="flex-1" />;
  return (
    <nav aria-label={t('breadcrumbs')} className="min-w-0 flex-1">
      <ol className="flex items-center gap-1.5 text-sm">
        <li className={cn('truncate', second && 'max-sm:shrink-0')}>
          {second ? (
            <NavLink href={item.href} className="rounded-sm text-muted hover:text-ink">
              {t(item.key)}
            </NavLink>
          ) : (
            <span aria-current="page">{t(item.key)}</span>
          )}
        </li>
        {second ? (
          <li className="flex min-w-0 items-center gap-1.5">
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted" />
            <span
              aria-current="page"
              title={name ?? second}
              className={name ? 'truncate' : 'truncate font-mono text-xs'}
            >
              {name ?? shorten(second, 8, 4)}
            </span>
          </li>
        ) : null}
      </ol>
    </nav>
  );
}
