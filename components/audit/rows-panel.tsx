'use client';

import { ScrollText, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AuditFilters } from '#lib/audit-rows/audit-filters';
import type { AuditRowPage, RowCount } from '#lib/audit-rows/list-rows';
import { AUDIT_TABLE, type AuditScope } from '#lib/audit-rows/row-table';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { ChecksStrip } from './checks-strip.tsx';
import { ExportRows } from './export-rows.tsx';
import { RowPeek } from './row-peek.tsx';
import { ScopeSwitch } from './scope-switch.tsx';
import { useRowChecks } from './use-row-checks.ts';
import { useRowColumns } from './use-row-columns.tsx';
import { useRowFilters } from './use-row-filters.ts';

type Props = {
  page: AuditRowPage;
  /** Rows of all pages together. */
  count: RowCount;
  filters: AuditFilters;
  scope: AuditScope;
  mayExport: boolean;
};

/** The log's entries by the page, each with what it says; this browser proves those in view on request. */
export function RowsPanel({ page, count, filters, scope, mayExport }: Props) {
  const t = useTranslations('audit.rows');
  const { rows, names, next } = page;
  const state = useRowChecks(rows);
  return (
    <Panel
      title={
        <span className="figures flex flex-wrap items-baseline gap-x-2">
          {t('title')}
          <span className="font-normal text-muted text-sm">
            {t(count.more ? 'countMore' : 'count', { count: count.count })}
          </span>
        </span>
      }
      actions={<ScopeSwitch scope={scope} />}
      flush
    >
      {scope === 'federation' ? (
        <p className="border-b px-4 py-2 text-muted text-sm">{t('federationNote')}</p>
      ) : null}
      <ChecksStrip state={state} all={rows.length} />
      <DataTable
        caption={t('caption')}
        columns={useRowColumns({ names, checks: state.checks, people: filters.people })}
        rows={rows}
        rowKey={(row) => row.index}
        shape={AUDIT_TABLE}
        server={{ next }}
        rowHref={(row) => `/audit/${row.index}`}
        searchLabel={t('search')}
        filters={useRowFilters(filters)}
        peek={{
          title: (row) => t('peekTitle', { index: row.index }),
          content: (row) => <RowPeek row={row} names={names} result={state.checks.get(row.index)} />,
        }}
        actions={
          <>
            <Button
              size="sm"
              aria-disabled={state.phase === 'running'}
              onClick={() => (state.phase === 'running' ? undefined : void state.run())}
            >
              <ShieldCheck aria-hidden />
              {t('verify')}
            </Button>
            {mayExport ? <ExportRows count={count} scope={scope} /> : null}
          </>
        }
        empty={
          <Empty icon={ScrollText} title={t('empty')}>
            {t('emptyText')}
          </Empty>
        }
      />
    </Panel>
  );
}
