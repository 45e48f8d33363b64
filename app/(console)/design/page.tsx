import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChartSamples } from '#components/design/chart-samples';
import { DialogSamples } from '#components/design/dialog-samples';
import { FigureSamples } from '#components/design/figure-samples';
import { LazyControlSamples, LazyFormSample } from '#components/design/lazy-samples';
import { ListSamples } from '#components/design/list-samples';
import { PeekSample } from '#components/design/peek-sample';
import { Section } from '#components/design/section';
import { StateSamples } from '#components/design/state-samples';
import { ServerTableSample, SmallTableSample } from '#components/design/table-samples';
import { TokenSamples } from '#components/design/token-samples';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { parseTableQuery } from '#lib/tables/table-query';
import { parseRange } from '#lib/time/range';
import { pageOfSamples } from '../../../components/design/page-of-samples.ts';
import { sampleShape } from '../../../components/design/samples.ts';
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
      <div className="flex flex-col gap-10">
        <Section title={t('sections.figures')}>
          <FigureSamples />
        </Section>
        <Section title={t('sections.tables')}>
          <ServerTableSample
            rows={page.rows}
            next={page.next}
            peek={{ id: query.peek, node: query.peek ? <PeekSample id={query.peek} /> : null }}
          />
          <SmallTableSample />
        </Section>
        <Section title={t('sections.charts')}>
          <ChartSamples />
        </Section>
        <Section title={t('sections.controls')}>
          <LazyControlSamples />
        </Section>
        <Section title={t('sections.form')}>
          <LazyFormSample />
        </Section>
        <Section title={t('sections.dialogs')}>
          <DialogSamples />
        </Section>
        <Section title={t('sections.states')}>
          <StateSamples />
        </Section>
        <Section title={t('sections.lists')}>
          <ListSamples />
        </Section>
        <Section title={t('sections.tokens')}>
          <TokenSamples />
        </Section>
      </div>
    </PageFrame>
  );
}
