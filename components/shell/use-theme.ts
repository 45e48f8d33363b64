'use client';

import { useSyncExternalStore } from 'react';
import { remember } from './remember.ts';
import { THEME_COOKIE, type Theme, toTheme } from './theme.ts';

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The theme in use, which stands on the root element; `initial` is what the server has written there. */
export function useTheme(initial: Theme): Theme {
  return useSyncExternalStore(
    subscribe,
    () => toTheme(document.documentElement.dataset.theme),
    () => initial,
  );
}

/** Changes the theme at once and remembers it on this device. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  remember(THEME_COOKIE, theme);
}
