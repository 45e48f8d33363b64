import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChannelPanel } from '#components/nodes/channel-panel';
import { DeclaredPanel } from '#components/nodes/declared-panel';
import { LatencyChart } from '#components/nodes/latency-chart';
import { NodeProperties } from '#components/nodes/node-properties';
import { CrumbName } from '#components/shell/crumb-name';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { Time } from '#components/ui/time';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { getNode } from '#lib/nodes/get-node';
import { nodeLatency } from '#lib/nodes/node-latency';
import { probeSummaries } from '#lib/nodes/probe-summaries';
import { parseRange } from '#lib/time/range';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNotFound } from '../../../_server/or-error-page.ts';
import { viewerZone } from '../../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nodes.detail'))('title') };
}

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// No loading file stands over this page: a response that has begun to stream could no longer say 404.
export default async function NodePage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const db = database();
  const now = new Date();
  const node = await orNotFound(getNode(db, actor, (await params).id, now));
  const range = parseRange(await searchParams, { zone: await viewerZone(), now, fallback: '24h' });
  const [latency, summaries, t] = await Promise.all([
    nodeLatency(db, node.id, range),
    probeSummaries(db, [node.id], range),
    getTranslations('nodes.detail'),
  ]);
  const summary = summaries.get(node.id);
  const { lastHeardAt } = node;
  return (
    <PageFrame
      title={node.name}
      question={t('question')}
      actions={<LivePage kinds={['node']} />}
      lead={
        <p className="text-lg">
          {lastHeardAt
            ? t.rich(`leads.${node.link}`, { at: () => <Time short at={lastHeardAt} /> })
            : t('leads.never')}
        </p>
      }
      aside={<NodeProperties node={node} />}
    >
      <CrumbName id={node.id} name={node.name} />
      <TimeRangePicker range={range} clears={[]} />
      <LatencyChart
        points={latency.points}
        widthMinutes={latency.widthMs / 60_000}
        medianMs={summary?.medianMs ?? null}
        lostShare={summary && summary.probes > 0 ? summary.lost / summary.probes : null}
      />
      <DeclaredPanel node={node} />
      <ChannelPanel node={node} />
    </PageFrame>
  );
}
