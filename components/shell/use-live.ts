'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { use, useEffect, useRef } from 'react';
import type { LiveKind } from '../../lib/live/live-event.ts';
import type { LiveNews } from './live-connection.ts';
import { LiveContext } from './live-provider.tsx';
import { refreshGate } from './refresh-gate.ts';

export function useLive() {
  const live = use(LiveContext);
  if (!live) throw new Error('useLive needs the LiveProvider.');
  return live;
}

type Options = {
  /** Queries to read again; without any the page itself is rendered anew by the server. */
  queryKeys?: readonly QueryKey[];
};

/** Keeps a page to what is so: reads it again when a thing of one of these kinds changed. */
export function useLiveRefresh(kinds: readonly LiveKind[], { queryKeys }: Options = {}): void {
  const { subscribe } = useLive();
  const router = useRouter();
  const client = useQueryClient();
  const wanted = useRef({ kinds, queryKeys });
  useEffect(() => {
    wanted.current = { kinds, queryKeys };
  });

  useEffect(() => {
    const gate = refreshGate(() => {
      const keys = wanted.current.queryKeys;
      if (!keys) return router.refresh();
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    });
    const unsubscribe = subscribe((news) => {
      if (concerns(news, wanted.current.kinds)) gate.ask();
    });
    return () => {
      unsubscribe();
      gate.close();
    };
  }, [subscribe, router, client]);
}

function concerns(news: LiveNews, kinds: readonly LiveKind[]): boolean {
  return news === 'reset' || news.some(({ type }) => kinds.includes(type));
}
