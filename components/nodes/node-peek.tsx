'use client';

import { useTranslations } from 'next-intl';
import type { NodeRow } from '#lib/nodes/list-nodes';
import { Properties } from '../ui/panel.tsx';
import { Term } from '../ui/term.tsx';
import { Time } from '../ui/time.tsx';
import { CertificateAge } from './certificate-age.tsx';
import { NodeLinkBadge, NodeStateBadge } from './node-badges.tsx';
import { TlsGroup } from './tls-group.tsx';
import { useNodeWords } from './use-node-words.tsx';

/** A node at a glance. Of another organisation's, what is public. */
export function NodePeek({ node, regionName }: { node: NodeRow; regionName: string | null }) {
  const t = useTranslations('nodes');
  const words = useNodeWords();
  const own = [
    { name: t('queued'), value: words.number(node.queued) },
    { name: t('build'), value: node.build ?? '–' },
    { name: t('certificate'), value: <CertificateAge certificate={node.certificate} /> },
    { name: t('group'), value: <TlsGroup group={node.tlsGroup} /> },
  ];
  return (
    <div className="flex flex-col gap-4">
      <Properties
        items={[
          { name: t('state'), value: <NodeStateBadge state={node.state} /> },
          { name: t('link'), value: <NodeLinkBadge link={node.link} /> },
          { name: t('heard'), value: node.lastHeardAt ? <Time at={node.lastHeardAt} /> : t('neverHeard') },
          { name: t('region'), value: regionName ? `${node.region} · ${regionName}` : node.region },
          { name: <Term name="lane">{t('lanes')}</Term>, value: words.number(node.lanes) },
          { name: <Term name="shard">{t('shards')}</Term>, value: words.number(node.shards) },
          { name: <Term name="publicProbe">{t('latency')}</Term>, value: words.ms(node.latencyMs) },
          { name: t('median'), value: words.ms(node.medianMs) },
          { name: t('slowest'), value: words.ms(node.slowestMs) },
          { name: t('probes'), value: words.number(node.probes) },
          { name: t('lost'), value: words.share(node.lostShare) },
          ...(node.detailed ? own : []),
        ]}
      />
      {node.detailed ? null : <p className="text-muted text-sm">{t('publicOnly')}</p>}
    </div>
  );
}
