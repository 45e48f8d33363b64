'use client';

import { useSyncExternalStore } from 'react';

const STEP_MS = 15_000;

const subscribe = (changed: () => void) => {
  const timer = setInterval(changed, STEP_MS);
  return () => clearInterval(timer);
};

/** The time now in steps of 15 seconds; null until the browser has taken over, whose clock it is. */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / STEP_MS) * STEP_MS,
    () => null,
  );
}
