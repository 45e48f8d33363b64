'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '../ui/cn.ts';
import { NAV_GROUPS, type NavKey } from './nav-items.ts';
import { NavLink } from './nav-link.tsx';

type Props = { allowed: readonly NavKey[]; collapsed?: boolean; onNavigate?: () => void };

/** The pages a person may open, in their groups. */
export function NavList({ allowed, collapsed = false, onNavigate }: Props) {
  const t = useTranslations('nav');
  const pathname = usePathname();
  const groups = NAV_GROUPS.filter((group) =>
    group.items.some((item) => (allowed as readonly string[]).includes(item.key)),
  );
  return groups.map((group) => (
    <div key={group.key} className="flex flex-col gap-1">
      <p className={cn('px-2 font-medium text-muted text-xs', collapsed && 'sr-only')}>{t(group.key)}</p>
      <ul className="flex flex-col gap-0.5">
        {group.items
          .filter((item) => (allowed as readonly string[]).includes(item.key))
          .map(({ key, href, icon: Icon }) => {
            const current = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <li key={key}>
                <NavLink
                  href={href}
                  aria-current={current ? 'page' : undefined}
                  title={collapsed ? t(key) : undefined}
                  onClick={onNavigate}
                  className={cn(
                    'flex h-9 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-sunken hover:text-ink',
                    current && 'bg-accent-soft font-medium text-ink',
                  )}
                >
                  <Icon aria-hidden className={cn('size-4 shrink-0', current && 'text-accent')} />
                  <span className={collapsed ? 'sr-only' : ''}>{t(key)}</span>
                </NavLink>
              </li>
            );
          })}
      </ul>
    </div>
  ));
}
