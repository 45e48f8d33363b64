import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { NodeLinkBadge, NodeStateBadge } from './node-badges.tsx';

/** What a node is, whose it is and under which rules it answers. */
export function NodeProperties({ node }: { node: NodeDetail }) {
  const t = useTranslations('nodes.detail');
  const nodes = useTranslations('nodes');
  const { hospital, datasetAccount: account } = node;
  return (
    <Panel title={t('properties')}>
      <Properties
        items={[
          { name: nodes('state'), value: <NodeStateBadge state={node.state} /> },
          { name: nodes('link'), value: <NodeLinkBadge link={node.link} /> },
          { name: t('hospital'), value: hospital.name },
          { name: nodes('region'), value: hospital.region },
          { name: t('regime'), value: hospital.regime },
          {
            name: t('purposes'),
            value: listOf(node.purposes.map(({ display }) => display)) ?? t('noPurpose'),
          },
          { name: t('residency'), value: listOf(node.allowedRegions) ?? t('noRegion') },
          ...(account
            ? [
                {
                  name: t('dataset'),
                  value: (
                    <Link
                      href={`/budgets/${account.id}`}
                      className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
                    >
                      {account.name}
                    </Link>
                  ),
                },
              ]
            : []),
          { name: nodes('queued'), value: node.queued ?? '–' },
          { name: nodes('build'), value: node.build ?? '–' },
          { name: t('replica'), value: node.replica ?? '–' },
          { name: t('joined'), value: <Time short at={node.createdAt} /> },
          { name: t('id'), value: <Hash value={node.id} what={t('idName')} /> },
        ]}
      />
    </Panel>
  );
}

function listOf(values: string[]) {
  if (values.length === 0) return null;
  return (
    <ul>
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );
}
