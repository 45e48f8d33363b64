import { Signature } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Hash } from '../ui/hash.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';

type Receipt = RequestDetail['receipts'][number];

/** The signed statements of the nodes that were asked. */
export function ReceiptsPanel({ receipts }: { receipts: Receipt[] }) {
  const t = useTranslations('request');
  const columns: Column<Receipt>[] = [
    { key: 'node', heading: t('node'), title: true, cell: (row) => row.nodeName },
    { key: 'seq', heading: t('seq'), figures: true, cell: (row) => row.seq },
    { key: 'rho', heading: t('charged'), figures: true, cell: (row) => <Rho rho={row.rho} /> },
    {
      key: 'header',
      heading: t('header'),
      cell: (row) => <Hash value={row.headerHash} what={t('headerHash')} />,
    },
  ];
  return (
    <Panel title={t('receipts')} flush>
      {receipts.length === 0 ? (
        <Empty icon={Signature} title={t('noReceipts')}>
          {t('noReceiptsText')}
        </Empty>
      ) : (
        <SimpleTable caption={t('receipts')} columns={columns} rows={receipts} rowKey={(row) => row.nodeId} />
      )}
    </Panel>
  );
}
