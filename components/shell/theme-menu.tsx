'use client';

import { useTranslations } from 'next-intl';
import { Menu } from '../ui/menu.tsx';
import { THEMES, type Theme } from './theme.ts';
import { THEME_ICONS } from './theme-icons.ts';
import { chooseTheme, useTheme } from './use-theme.ts';

/** Light, dark or as the device says; remembered on this device. */
export function ThemeMenu({ initial }: { initial: Theme }) {
  const t = useTranslations('theme');
  const theme = useTheme(initial);
  const Current = THEME_ICONS[theme];
  return (
    <Menu label={t('label')} trigger={<Current aria-hidden />}>
      {({ MenuChoice }) => (
        <MenuChoice
          value={theme}
          onChange={chooseTheme}
          options={THEMES.map((value) => {
            const Icon = THEME_ICONS[value];
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
      )}
    </Menu>
  );
}
