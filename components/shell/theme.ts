/** `system` follows the device and is what is used until somebody chooses. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Not secret and not per instance: how the console looks on this device. */
export const THEME_COOKIE = 'fdlr-theme';
export const NAV_COOKIE = 'fdlr-nav';

export function toTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}
