'use client';

import { Server } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { NodeRow } from '#lib/nodes/list-nodes';
import type { RegionCounts } from '#lib/nodes/region-counts';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { NodePeek } from './node-peek.tsx';
import { nodesShape } from './nodes-shape.ts';
import { useNodeColumns } from './use-node-columns.tsx';

/** The nodes, all of them in the browser. Only those of the own organisation have a page. */
export function NodesTable({ rows, regions }: { rows: NodeRow[]; regions: RegionCounts[] }) {
  const t = useTranslations('nodes');
  const nameOf = (code: string) => regions.find((region) => region.code === code)?.name ?? null;
  return (
    <Panel title={t('caption')} flush>
      <DataTable
        caption={t('caption')}
        columns={useNodeColumns(regions.map((region) => region.code))}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => (row.detailed ? `/nodes/${row.id}` : null)}
        shape={nodesShape}
        searchLabel={t('search')}
        exportName="nodes"
        peek={{
          title: (row) => row.name,
          content: (row) => <NodePeek node={row} regionName={nameOf(row.region)} />,
        }}
        empty={
          <Empty icon={Server} title={t('empty')}>
            {t('emptyText')}
          </Empty>
        }
      />
    </Panel>
  );
}
