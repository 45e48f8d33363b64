'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/skeleton.tsx';

/** How a page fetches its form: when it shows it, behind a skeleton of its size. */
export const LazyFormSample = dynamic(() => import('./form-sample.tsx').then((module) => module.FormSample), {
  ssr: false,
  loading: () => <Skeleton className="h-96 w-full max-w-lg" />,
});

export const LazyControlSamples = dynamic(
  () => import('./control-samples.tsx').then((module) => module.ControlSamples),
  { ssr: false, loading: () => <Skeleton className="h-[30rem] w-full" /> },
);
