'use client';

import { useSyncExternalStore } from 'react';

/** Whether a media query holds; false until the browser has taken over. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Narrower than Tailwind's md: tables are cards, panels are sheets. */
export const PHONE = '(max-width: 767px)';
