'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { LiveProvider } from './live-provider.tsx';

// Nothing is said before somebody has done something.
const Toaster = dynamic(() => import('../ui/toaster.tsx').then((module) => module.Toaster), { ssr: false });

/** What client components of the console share. Nothing is tried again unasked: a question may have been charged. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, staleTime: 10_000, refetchOnWindowFocus: false },
          mutations: { retry: false },
        },
      }),
  );
  return (
    <NuqsAdapter>
      <QueryClientProvider client={client}>
        <LiveProvider>{children}</LiveProvider>
        <Toaster />
      </QueryClientProvider>
    </NuqsAdapter>
  );
}
