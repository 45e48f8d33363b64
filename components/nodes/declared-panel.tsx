'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { NodeDetail } from '#lib/nodes/get-node';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { unheardOf } from './lead-of.ts';
import { useNodeWords } from './use-node-words.tsx';

type Row = { key: string; fact: string; declared: ReactNode; measured: ReactNode };

/** What the hospital said when it joined, beside what the router has seen. */
export function DeclaredPanel({ node }: { node: NodeDetail }) {
  const t = useTranslations('nodes.declared');
  const words = useNodeWords();
  const { telemetry, engine } = node;
  // The way of the heartbeat is in it too.
  const skewMs = telemetry && node.telemetryAt ? telemetry.clockMs - node.telemetryAt.getTime() : null;
  const nothing = <span className="text-muted">{t('notDeclared')}</span>;
  const unmeasured = (why: 'dataSize' | 'compliance' | 'region') => (
    <span className="text-muted">{t(`unmeasured.${why}`)}</span>
  );
  const unheard = <span className="text-muted">{t(unheardOf(node))}</span>;
  const rows: Row[] = [
    {
      key: 'shards',
      fact: t('shards'),
      declared: words.number(node.shards),
      measured: node.lastConnectedAt ? t('shardsSame', { shards: node.shards }) : t('notSeen'),
    },
    {
      key: 'dataSize',
      fact: t('dataSize'),
      declared: node.dataSize === null ? nothing : t('patients', { count: node.dataSize }),
      measured: unmeasured('dataSize'),
    },
    {
      key: 'compute',
      fact: t('compute'),
      declared: node.computeCapacity ?? nothing,
      measured:
        node.latencyMs === null ? (
          unheard
        ) : (
          <span>
            {t('computeMeasured', { latency: words.ms(node.latencyMs) })}{' '}
            {telemetry?.tokensPerS == null
              ? t('tokensUnknown')
              : t('tokensMeasured', { tokens: telemetry.tokensPerS })}
          </span>
        ),
    },
    {
      key: 'lanes',
      fact: t('lanes'),
      declared: words.number(node.lanes),
      measured: telemetry
        ? t('lanesMeasured', {
            lanes: telemetry.lanes,
            busy: telemetry.lanesBusy,
            queued: telemetry.queued,
          })
        : unheard,
    },
    {
      key: 'model',
      fact: t('model'),
      declared: nothing,
      measured: engine
        ? t(engine.exactScores ? 'modelScores' : 'modelVotes', { model: engine.modelId })
        : t('notSeen'),
    },
    {
      key: 'memory',
      fact: t('memory'),
      declared: nothing,
      measured: telemetry ? t('memoryMeasured', { gib: telemetry.memoryBytes / 2 ** 30 }) : unheard,
    },
    {
      key: 'clock',
      fact: t('clock'),
      declared: nothing,
      measured: skewMs !== null ? t('clockMeasured', { seconds: skewMs / 1000 }) : unheard,
    },
    {
      key: 'jurisdiction',
      fact: t('jurisdiction'),
      declared: node.jurisdiction ?? nothing,
      measured: unmeasured('region'),
    },
    {
      key: 'compliance',
      fact: t('compliance'),
      declared: node.complianceLevel ?? nothing,
      measured: unmeasured('compliance'),
    },
    {
      key: 'region',
      fact: t('region'),
      declared: node.hospital.region,
      measured: unmeasured('region'),
    },
  ];
  const columns: Column<Row>[] = [
    { key: 'fact', heading: t('fact'), title: true, cell: (row) => row.fact },
    { key: 'declared', heading: t('declared'), cell: (row) => row.declared },
    { key: 'measured', heading: t('measured'), cell: (row) => row.measured },
  ];
  return (
    <Panel title={t('title')} flush>
      <SimpleTable caption={t('title')} columns={columns} rows={rows} rowKey={(row) => row.key} />
    </Panel>
  );
}
