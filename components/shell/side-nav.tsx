'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ConsolePage } from '#lib/identity/console-pages';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { Brand } from './brand.tsx';
import { NavLink } from './nav-link.tsx';
import { NavList } from './nav-list.tsx';
import { remember } from './remember.ts';
import { NAV_COOKIE } from './theme.ts';

/** The left navigation of wide screens. Its width is remembered on this device. */
export function SideNav({ allowed, startCollapsed }: { allowed: ConsolePage[]; startCollapsed: boolean }) {
  const t = useTranslations('nav');
  const [collapsed, setCollapsed] = useState(startCollapsed);
  function toggle() {
    remember(NAV_COOKIE, collapsed ? 'open' : 'collapsed');
    setCollapsed(!collapsed);
  }
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={cn(
        'sticky top-0 hidden h-dvh shrink-0 flex-col gap-6 border-r bg-surface p-3 lg:flex',
        collapsed ? 'w-[61px]' : 'w-56',
      )}
    >
      <NavLink href="/" className="flex h-8 items-center rounded-md px-1">
        <Brand collapsed={collapsed} />
      </NavLink>
      <nav aria-label={t('label')} className="flex flex-1 flex-col gap-6">
        <NavList allowed={allowed} collapsed={collapsed} />
      </nav>
      <Button
        variant="quiet"
        size="icon"
        aria-expanded={!collapsed}
        aria-label={collapsed ? t('expand') : t('collapse')}
        onClick={toggle}
      >
        <Icon aria-hidden />
      </Button>
    </aside>
  );
}
