'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useEffect, useMemo, useState } from 'react';
import { followLive, type LiveNews, type LiveState } from './live-connection.ts';

export type Live = {
  state: LiveState;
  /** When the stream broke; null while it is whole. */
  staleSince: Date | null;
  /** Calls back with each news; returns the way to stop. */
  subscribe: (listener: (news: LiveNews) => void) => () => void;
};

export const LiveContext = createContext<Live | null>(null);

/** Follows what changes, once for all pages. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [state, setState] = useState<LiveState>('connecting');
  const [staleSince, setStaleSince] = useState<Date | null>(null);
  const [listeners] = useState(() => new Set<(news: LiveNews) => void>());

  useEffect(
    () =>
      followLive({
        onNews: (news) => {
          for (const listener of listeners) listener(news);
        },
        onState: (next) => {
          setState(next);
          setStaleSince((since) => (next === 'stale' ? (since ?? new Date()) : null));
        },
        // The session is over: whatever page this is leads to signing in.
        onEnded: () => router.refresh(),
      }),
    [listeners, router],
  );

  const live = useMemo<Live>(
    () => ({
      state,
      staleSince,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [state, staleSince, listeners],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
