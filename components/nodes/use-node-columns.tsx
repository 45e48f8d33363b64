'use client';

import { useTranslations } from 'next-intl';
import type { NodeRow } from '#lib/nodes/list-nodes';
import { NODE_STATES } from '#lib/nodes/onboarding/transitions';
import type { Column } from '../ui/data-table/columns.ts';
import { Time } from '../ui/time.tsx';
import { CertificateAge } from './certificate-age.tsx';
import { NodeLinkBadge, NodeStateBadge } from './node-badges.tsx';
import { NODE_LINKS } from './nodes-shape.ts';
import { TlsGroup } from './tls-group.tsx';
import { useNodeWords } from './use-node-words.tsx';

/** The columns of the nodes' table. Figures that nobody measured are empty, never zero. */
export function useNodeColumns(regions: string[]): Column<NodeRow>[] {
  const t = useTranslations('nodes');
  const words = useNodeWords();
  const stateOptions = NODE_STATES.map((value) => ({ value, label: t(`states.${value}`) }));
  const linkOptions = NODE_LINKS.map((value) => ({ value, label: t(`links.${value}`) }));
  const regionOptions = regions.map((value) => ({ value, label: value }));
  return [
    { key: 'name', heading: t('name'), title: true, cell: (row) => row.name, value: (row) => row.name },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => <NodeStateBadge state={row.state} />,
      value: (row) => row.state,
      filter: { options: stateOptions },
    },
    {
      key: 'link',
      heading: t('link'),
      cell: (row) => <NodeLinkBadge link={row.link} />,
      value: (row) => row.link,
      filter: { options: linkOptions },
    },
    {
      key: 'region',
      heading: t('region'),
      cell: (row) => <span className="whitespace-nowrap">{row.region}</span>,
      value: (row) => row.region,
      filter: { options: regionOptions },
    },
    {
      key: 'latency',
      heading: t('latency'),
      term: 'publicProbe',
      figures: true,
      cell: (row) => words.ms(row.latencyMs),
      value: (row) => row.latencyMs,
    },
    {
      key: 'median',
      heading: t('median'),
      figures: true,
      roomy: true,
      cell: (row) => words.ms(row.medianMs),
      value: (row) => row.medianMs,
    },
    {
      key: 'slowest',
      heading: t('slowest'),
      figures: true,
      hidden: true,
      cell: (row) => words.ms(row.slowestMs),
      value: (row) => row.slowestMs,
    },
    {
      key: 'lost',
      heading: t('lost'),
      figures: true,
      cell: (row) => words.share(row.lostShare),
      value: (row) => row.lostShare,
    },
    {
      key: 'lanes',
      heading: t('lanes'),
      term: 'lane',
      figures: true,
      hidden: true,
      cell: (row) => words.number(row.lanes),
      value: (row) => row.lanes,
    },
    {
      key: 'shards',
      heading: t('shards'),
      term: 'shard',
      figures: true,
      roomy: true,
      cell: (row) => words.number(row.shards),
      value: (row) => row.shards,
    },
    {
      key: 'queued',
      heading: t('queued'),
      figures: true,
      hidden: true,
      cell: (row) => words.number(row.queued),
      value: (row) => row.queued,
    },
    {
      key: 'certificate',
      heading: t('certificate'),
      roomy: true,
      cell: (row) => <CertificateAge certificate={row.certificate} />,
      value: (row) => row.certificate?.ageDays ?? null,
    },
    {
      key: 'group',
      heading: t('group'),
      hidden: true,
      cell: (row) => <TlsGroup group={row.tlsGroup} />,
      value: (row) => row.tlsGroup,
    },
    {
      key: 'build',
      heading: t('build'),
      hidden: true,
      cell: (row) => row.build ?? '–',
      value: (row) => row.build,
    },
    {
      key: 'heard',
      heading: t('heard'),
      hidden: true,
      cell: (row) => (row.lastHeardAt ? <Time short at={row.lastHeardAt} /> : '–'),
      value: (row) => (row.lastHeardAt ? new Date(row.lastHeardAt) : null),
    },
  ];
}
