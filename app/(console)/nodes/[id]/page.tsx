import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NodeActions } from '#components/nodes/actions/node-actions';
import { ChannelPanel } from '#components/nodes/channel-panel';
import { DeclaredPanel } from '#components/nodes/declared-panel';
import { LatencyChart } from '#components/nodes/latency-chart';
import { NodeLead } from '#components/nodes/node-lead';
import { NodeProperties } from '#components/nodes/node-properties';
import { HistoryPanel } from '#components/nodes/onboarding/history-panel';
import { WayPanel } from '#components/nodes/onboarding/way-panel';
import { CrumbName } from '#components/shell/crumb-name';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { hasSecondFactor } from '#lib/identity/require-proved';
import { getNode } from '#lib/nodes/get-node';
import { nodeLatency } from '#lib/nodes/node-latency';
import { admissionMeaning } from '#lib/nodes/onboarding/admission-meaning';
import { getOnboarding } from '#lib/nodes/onboarding/get-onboarding';
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
  const { id } = await params;
  const [node, onboarding, meaning] = await orNotFound(
    Promise.all([
      getNode(db, actor, id, now),
      getOnboarding(db, actor, id, now),
      admissionMeaning(db, actor, id, now),
    ]),
  );
  const range = parseRange(await searchParams, { zone: await viewerZone(), now, fallback: '24h' });
  const [latency, summaries, twoFactors, t] = await Promise.all([
    nodeLatency(db, id, range),
    probeSummaries(db, [id], range),
    hasSecondFactor(db, actor.userId),
    getTranslations('nodes.detail'),
  ]);
  const summary = summaries.get(id);
  return (
    <PageFrame
      title={node.name}
      question={t('question')}
      actions={<LivePage kinds={['node', 'decision']} />}
      lead={<NodeLead node={node} steps={onboarding.steps} />}
      aside={
        <>
          <NodeProperties node={node} />
          <NodeActions node={onboarding} others={meaning.others} />
        </>
      }
    >
      <CrumbName id={id} name={node.name} />
      <WayPanel node={node} onboarding={onboarding} meaning={meaning} twoFactors={twoFactors} />
      {node.lastConnectedAt ? (
        <>
          <TimeRangePicker range={range} clears={[]} />
          <LatencyChart
            points={latency.points}
            widthMinutes={latency.widthMs / 60_000}
            medianMs={summary?.medianMs ?? null}
            lostShare={summary && summary.probes > 0 ? summary.lost / summary.probes : null}
          />
        </>
      ) : null}
      <DeclaredPanel node={node} />
      <ChannelPanel node={node} />
      <HistoryPanel transitions={onboarding.transitions} />
    </PageFrame>
  );
}
