'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { BookA, type LucideIcon, Palette, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { NAV_GROUPS, type NavKey } from './nav-items.ts';
import { THEMES } from './theme.ts';
import { THEME_ICONS } from './theme-icons.ts';
import { chooseTheme } from './use-theme.ts';

type Props = { allowed: NavKey[]; open: boolean; onOpenChange: (open: boolean) => void };

/** Every page and setting by its name, for those who would rather type. */
export function CommandPalette({ allowed, open, onOpenChange }: Props) {
  const t = useTranslations('palette');
  const nav = useTranslations('nav');
  const theme = useTranslations('theme');
  const router = useRouter();
  function run(action: () => void) {
    onOpenChange(false);
    action();
  }
  const pages = [
    ...NAV_GROUPS.flatMap((group) => group.items).filter((item) => allowed.includes(item.key)),
    { key: 'glossary', href: '/glossary', icon: BookA } as const,
    { key: 'design', href: '/design', icon: Palette } as const,
  ];
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed top-[12dvh] left-1/2 z-50 w-[36rem] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-md border border-line-strong bg-raised outline-none">
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <Command label={t('title')} loop>
            <div className="flex items-center gap-2 border-b px-3">
              <Search aria-hidden className="size-4 shrink-0 text-muted" />
              <Command.Input
                placeholder={t('placeholder')}
                className="h-11 w-full bg-transparent text-base outline-none placeholder:text-muted"
              />
            </div>
            <Command.List className="max-h-[50dvh] overflow-y-auto p-1">
              <Command.Empty className="px-3 py-8 text-center text-muted text-sm">
                {t('nothing')}
              </Command.Empty>
              <Command.Group heading={t('pages')} className={groupStyles}>
                {pages.map(({ key, href, icon }) => (
                  <Entry
                    key={key}
                    icon={icon}
                    text={nav(key)}
                    onSelect={() => run(() => router.push(href))}
                  />
                ))}
              </Command.Group>
              <Command.Group heading={theme('label')} className={groupStyles}>
                {THEMES.map((value) => (
                  <Entry
                    key={value}
                    icon={THEME_ICONS[value]}
                    text={t('theme', { name: theme(value) })}
                    onSelect={() => run(() => chooseTheme(value))}
                  />
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const groupStyles =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs';

function Entry({ icon: Icon, text, onSelect }: { icon: LucideIcon; text: string; onSelect: () => void }) {
  return (
    <Command.Item
      value={text}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-sunken"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      {text}
    </Command.Item>
  );
}
