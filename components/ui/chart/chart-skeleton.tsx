import { Skeleton } from '../skeleton.tsx';

/** A chart before its drawing: of the final size. */
export function ChartSkeleton() {
  return <Skeleton className="h-64 w-full" />;
}
