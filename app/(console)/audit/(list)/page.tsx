import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlertsPanel } from '#components/alerts/alerts-panel';
import { AuditLead } from '#components/audit/audit-lead';
import { RowsPanel } from '#components/audit/rows-panel';
import { WitnessesPanel } from '#components/audit/witnesses-panel';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { firingAlerts } from '#lib/alerts/firing-alerts';
import { isLogAlert } from '#lib/alerts/is-log-alert';
import { auditFilters } from '#lib/audit-rows/audit-filters';
import { parseAuditQuery } from '#lib/audit-rows/audit-query';
import { countRows, listRows } from '#lib/audit-rows/list-rows';
import { AUDIT_RANGE } from '#lib/audit-rows/row-table';
import { listWitnesses } from '#lib/audit-rows/witnesses';
import { scopeOf } from '#lib/identity/permissions';
import { parseRange } from '#lib/time/range';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';
import { viewerZone } from '../../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const actor = await requireActor();
  const db = database();
  const params = await searchParams;
  const range = parseRange(params, { zone: await viewerZone(), fallback: AUDIT_RANGE });
  const query = parseAuditQuery(params, range);
  const [page, count, filters, witnesses, alerts, t] = await orNoAccess(
    Promise.all([
      listRows(db, actor, query),
      countRows(db, actor, query),
      auditFilters(db, actor),
      listWitnesses(db, actor),
      firingAlerts(db, actor),
      getTranslations('audit'),
    ]),
  );
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={
        <AuditLead
          nodeIds={witnesses.map(({ nodeId }) => nodeId)}
          alerts={alerts.filter(({ code }) => isLogAlert(code)).length}
        />
      }
    >
      <TimeRangePicker range={range} />
      <AlertsPanel alerts={alerts} />
      <RowsPanel
        page={page}
        count={count}
        filters={filters}
        scope={query.scope}
        mayExport={scopeOf(actor, 'audit.export', 'audit_row') !== null}
      />
      <WitnessesPanel rows={witnesses} />
    </PageFrame>
  );
}
