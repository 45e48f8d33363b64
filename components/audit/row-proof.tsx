'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { climb, verifyInclusion } from '#lib/audit-log/browser/verify-inclusion';
import { LeafChecks } from '../requests/leaf-checks.tsx';
import { Button, buttonStyles } from '../ui/button.tsx';
import { Panel } from '../ui/panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Notice } from '../ui/state.tsx';
import { type CheckableRow, claimOf, fetchPaths } from './check-rows.ts';
import { PathFigure } from './path-figure.tsx';
import { RowMark } from './row-mark.tsx';
import { type LogHead, useLogHead } from './use-log-head.ts';

/** The row's place in the log, proved by this browser up to the head it has verified, and drawn. */
export function RowProof({ row }: { row: CheckableRow }) {
  const t = useTranslations('audit.row');
  const common = useTranslations('common');
  const head = useLogHead(row.index);
  const proof = useRowProof(row, head.data);
  const failed = head.error ?? proof.error;
  const found = proof.data;
  return (
    <Panel
      title={
        <span aria-live="polite" className="flex flex-wrap items-center gap-2">
          {t('proof')}
          {found ? <RowMark result={found.verdict.overall} /> : null}
        </span>
      }
      actions={
        <a
          href={`/api/console/audit/rows/${row.index}/proof`}
          download
          title={t('downloadText')}
          className={buttonStyles({ size: 'sm' })}
        >
          <Download aria-hidden />
          {t('download')}
        </a>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        {head.data && head.data.verdict.overall !== 'holds' ? (
          <Notice tone={head.data.verdict.overall === 'fails' ? 'danger' : 'attention'} title={t('noHead')} />
        ) : null}
        {found ? (
          <>
            <LeafChecks proof={found.proof} verdict={found.verdict} />
            {found.climbed ? <PathFigure leafHash={row.leafHash} climbed={found.climbed} /> : null}
          </>
        ) : failed ? (
          <Notice
            tone="attention"
            title={t('failed')}
            actions={
              <Button size="sm" onClick={() => void (head.error ? head.refetch() : proof.refetch())}>
                {common('retry')}
              </Button>
            }
          />
        ) : head.data && !proof.isFetching ? (
          <p className="text-muted">{t('pending')}</p>
        ) : (
          <Skeleton className="h-40 w-full" />
        )}
      </div>
    </Panel>
  );
}

/** Waits for the head to reach the row: an entry just written is in the next one. */
function useRowProof(row: CheckableRow, head: LogHead | undefined) {
  const size = head?.verdict.head?.size;
  return useQuery({
    queryKey: ['row-proof', row.index, row.leafHash, size],
    enabled: size !== undefined && BigInt(row.index) < BigInt(size),
    queryFn: async ({ signal }) => {
      const path = (await fetchPaths([row], size!, signal)).get(row.index) ?? [];
      const claim = claimOf(row, path, head!)!;
      const verdict = await verifyInclusion(claim);
      // The row is only as good as the head: one that does not hold proves nothing.
      const overall = head!.verdict.overall === 'holds' ? verdict.overall : 'fails';
      return {
        proof: { ...claim, path: [...path], status: 'found' as const },
        verdict: { ...verdict, overall },
        climbed: verdict.checks.path === 'holds' ? await climb(claim) : null,
      };
    },
  });
}
