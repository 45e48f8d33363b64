'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { buttonStyles } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import type { NavKey } from './nav-items.ts';

const CommandPalette = dynamic(
  () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  { ssr: false },
);

/** Opens the command palette, as Ctrl-K or Cmd-K does anywhere. It is fetched when it is first wanted. */
export function PaletteButton({ allowed }: { allowed: NavKey[] }) {
  const t = useTranslations('palette');
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((before) => !before);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className={cn(buttonStyles({ size: 'sm' }), 'text-muted max-md:border-transparent')}
      >
        <Search aria-hidden />
        <span className="max-md:sr-only">{t('open')}</span>
        <kbd className="rounded-sm border px-1 font-sans text-xs max-md:hidden">{t('keys')}</kbd>
      </button>
      {wanted ? <CommandPalette allowed={allowed} open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
