'use client';

import { Menu } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import type { NavKey } from './nav-items.ts';

const DrawerPanel = dynamic(() => import('./drawer-panel.tsx').then((module) => module.DrawerPanel), {
  ssr: false,
});

/** The same navigation on narrow screens. It is fetched when it is first wanted. */
export function NavDrawer({ allowed }: { allowed: NavKey[] }) {
  const t = useTranslations('nav');
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        size="icon"
        aria-label={t('open')}
        aria-haspopup="dialog"
        aria-expanded={open}
        className="lg:hidden"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Menu aria-hidden />
      </Button>
      {wanted ? <DrawerPanel allowed={allowed} open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
