import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RequestsLead } from '#components/requests/requests-lead';
import { RequestsTable } from '#components/requests/requests-table';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { Panel } from '#components/ui/panel';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { scopeOf } from '#lib/identity/permissions';
import { filterOptions } from '#lib/requests/filter-options';
import { listRequests } from '#lib/requests/list-requests';
import { parseRequestQuery } from '#lib/requests/request-query';
import { REQUEST_RANGE } from '#lib/requests/request-table';
import { summariseRequests } from '#lib/requests/summarise-requests';
import { parseRange } from '#lib/time/range';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';
import { viewerZone } from '../../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('requests'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RequestsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const db = database();
  const params = await searchParams;
  const range = parseRange(params, { zone: await viewerZone(), fallback: REQUEST_RANGE });
  const query = parseRequestQuery(params, range);
  const [page, summary, options, t] = await orNoAccess(
    Promise.all([
      listRequests(db, actor, query),
      summariseRequests(db, actor, query),
      filterOptions(db, actor),
      getTranslations('requests'),
    ]),
  );
  const ownOnly = scopeOf(actor, 'request.read', 'request') === 'own';
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      actions={<LivePage kinds={['request']} />}
      lead={<RequestsLead summary={summary} ownOnly={ownOnly} />}
    >
      <TimeRangePicker range={range} />
      <Panel flush>
        <RequestsTable
          rows={page.rows}
          next={page.next}
          options={options}
          showPeople={!ownOnly}
          mayExport={scopeOf(actor, 'request.export', 'request') !== null}
          mayAsk={scopeOf(actor, 'request.ask', 'request') !== null}
        />
      </Panel>
    </PageFrame>
  );
}
