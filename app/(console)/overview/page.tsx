import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { NeedsPanel } from '#components/overview/needs-panel';
import { OverviewCharts } from '#components/overview/overview-charts';
import { OverviewFigures } from '#components/overview/overview-figures';
import { PromisePanel } from '#components/overview/promise-panel';
import { ServiceLevelsPanel } from '#components/overview/service-levels-panel';
import { SpendTodayPanel } from '#components/overview/spend-today-panel';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { privacyEnv } from '#lib/env';
import { mayEver } from '#lib/identity/permissions';
import { datasetSpend } from '#lib/overview/dataset-spend';
import { needsOf } from '#lib/overview/needs';
import { outcomesOverTime } from '#lib/overview/outcomes-over-time';
import { serviceLevels } from '#lib/overview/service-levels';
import { spendToday } from '#lib/overview/spend-today';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import { bucketStarts, parseRange } from '#lib/time/range';
import { requireActor } from '../../_server/actor.ts';
import { database } from '../../_server/database.ts';
import { orNoAccess } from '../../_server/or-error-page.ts';
import { recentPromise } from '../../_server/promise.ts';
import { viewerZone } from '../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: Props) {
  const actor = await requireActor();
  // Before anything is asked for: of several refusals at once all but the first would go unheard.
  if (!mayEver(actor, 'overview.read')) redirect('/no-access');
  const db = database();
  const now = new Date();
  const range = parseRange(await searchParams, { zone: await viewerZone(), now, fallback: '30d' });
  const { FEDERATED_PRIVACY_EPSILON: epsilon, FEDERATED_DELTA: delta } = privacyEnv();
  const { rhoPico: price } = chargeForEpsilon(epsilon, delta);
  const [report, needs, levels, today, spend, outcomes, t] = await orNoAccess(
    Promise.all([
      recentPromise().report(db, actor, now),
      needsOf(db, actor, price, now),
      serviceLevels(db, actor, range),
      spendToday(db, actor, price, now),
      datasetSpend(db, actor, range),
      outcomesOverTime(db, actor, range),
      getTranslations('overview'),
    ]),
  );
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      actions={<LivePage kinds={['request', 'account', 'node', 'api_key', 'member']} />}
      lead={<OverviewFigures report={report} needs={needs.length} levels={levels} spend={today} />}
    >
      <TimeRangePicker range={range} clears={[]} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <NeedsPanel needs={needs} />
        <PromisePanel report={report} />
      </div>
      <OverviewCharts
        starts={bucketStarts(range)}
        bucket={range.bucket}
        now={now.toISOString()}
        spend={spend}
        outcomes={outcomes}
      />
      <ServiceLevelsPanel levels={levels} />
      <SpendTodayPanel spend={today} epsilon={epsilon} delta={delta} />
    </PageFrame>
  );
}
