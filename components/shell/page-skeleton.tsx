import { useTranslations } from 'next-intl';
import { Skeleton } from '../ui/skeleton.tsx';

/** A page before its data: the frame's shape, with rows as tall as those that will come. */
export function PageSkeleton({ rows, rowClass }: { rows: number; rowClass: string }) {
  const t = useTranslations('common');
  return (
    <div
      role="status"
      aria-label={t('loading')}
      className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-6 sm:px-6 lg:px-8"
    >
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-4 w-72" />
      </div>
      <div className="flex flex-col gap-3">
        {Array.from({ length: rows }, (_, index) => (
          <Skeleton key={index} className={rowClass} />
        ))}
      </div>
    </div>
  );
}
