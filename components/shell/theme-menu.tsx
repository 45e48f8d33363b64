'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Menu, MenuChoice } from '../ui/menu.tsx';
import { remember } from './remember.ts';
import { THEME_COOKIE, THEMES, type Theme } from './theme.ts';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Light, dark or as the device says; remembered on this device. */
export function ThemeMenu({ initial }: { initial: Theme }) {
  const t = useTranslations('theme');
  const [theme, setTheme] = useState(initial);
  function choose(next: Theme) {
    document.documentElement.dataset.theme = next;
    remember(THEME_COOKIE, next);
    setTheme(next);
  }
  const Current = ICONS[theme];
  return (
    <Menu label={t('label')} trigger={<Current aria-hidden />}>
      <MenuChoice
        value={theme}
        onChange={choose}
        options={THEMES.map((value) => {
          const Icon = ICONS[value];
          return {
            value,
            label: (
              <>
                <Icon aria-hidden className="text-muted" />
                {t(value)}
              </>
            ),
          };
        })}
      />
    </Menu>
  );
}
