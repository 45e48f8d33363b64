import { useTranslations } from 'next-intl';
import { Panel } from '../panel.tsx';
import { Skeleton } from '../skeleton.tsx';

type Props = { rows?: number; columns?: number; toolbar?: boolean };

/** The table before its rows: as tall as it will be. */
export function TableSkeleton({ rows = 10, columns = 5, toolbar = true }: Props) {
  const t = useTranslations('common');
  return (
    <Panel flush>
      <div role="status" aria-label={t('loading')}>
        {toolbar ? (
          <div className="flex flex-wrap gap-2 border-b p-3">
            <Skeleton className="h-8 w-64" />
            <Skeleton className="h-8 w-24" />
          </div>
        ) : null}
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-[41px] items-center gap-8 border-b px-4 last:border-b-0">
            {Array.from({ length: columns }, (_, column) => (
              <Skeleton key={column} className="h-4 flex-1" />
            ))}
          </div>
        ))}
      </div>
    </Panel>
  );
}
