import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NodesLead } from '#components/nodes/nodes-lead';
import { NodesTable } from '#components/nodes/nodes-table';
import { InviteLink } from '#components/nodes/onboarding/invite-link';
import { RegionsPanel } from '#components/nodes/regions-panel';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { can, scopeOf } from '#lib/identity/permissions';
import { listNodes } from '#lib/nodes/list-nodes';
import { regionCounts } from '#lib/nodes/region-counts';
import { parseRange } from '#lib/time/range';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';
import { viewerZone } from '../../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nodes'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NodesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const now = new Date();
  const range = parseRange(await searchParams, { zone: await viewerZone(), now, fallback: '24h' });
  const [rows, t] = await Promise.all([
    orNoAccess(listNodes(database(), actor, range, now)),
    getTranslations('nodes'),
  ]);
  const regions = regionCounts(rows);
  const mayInvite = can(actor, 'node.invite', { kind: 'node', organisationId: actor.organisationId });
  const federation = scopeOf(actor, 'federation.read', 'federation') !== null;
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      actions={
        <div className="flex items-center gap-3">
          <LivePage kinds={['node']} />
          {mayInvite ? <InviteLink /> : null}
        </div>
      }
      lead={<NodesLead rows={rows} federation={federation} />}
    >
      <TimeRangePicker range={range} clears={[]} />
      <RegionsPanel regions={regions} />
      <NodesTable rows={rows} regions={regions} />
    </PageFrame>
  );
}
