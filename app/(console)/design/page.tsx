import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChartSamples } from '#components/design/chart-samples';
import { DialogSamples } from '#components/design/dialog-samples';
import { FigureSamples } from '#components/design/figure-samples';
import { PeekSample } from '#components/design/peek-sample';
import { ServerTableSample, SmallTableSample } from '#components/design/table-samples';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { parseTableQuery } from '#lib/tables/table-query';
import { parseRange } from '#lib/time/range';
import { pageOfSamples, sampleShape } from '../../../components/design/samples.ts';
import { requireActor } from '../../_server/actor.ts';
import { viewerZone } from '../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('design'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Every component in its states, for those who build pages and those who check them. */
export default async function DesignPage({ searchParams }: Props) {
  await requireActor();
  const params = await searchParams;
  const query = parseTableQuery(sampleShape, params);
  const page = pageOfSamples(query);
  const t = await getTranslations('design');
  return (
    <PageFrame title={t('title')} question={t('question')} lead={<p className="text-muted">{t('lead')}</p>}>
      <TimeRangePicker range={parseRange(params, { zone: await viewerZone() })} />
      <FigureSamples />
      <ServerTableSample
        rows={page.rows}
        next={page.next}
        peek={{ id: query.peek, node: query.peek ? <PeekSample id={query.peek} /> : null }}
      />
      <SmallTableSample />
      <ChartSamples />
      <DialogSamples />
    </PageFrame>
  );
}
