import { cn } from './cn.ts';

/** A grey place of the final size; the region that holds it says that it is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-sunken', className)} />;
}
