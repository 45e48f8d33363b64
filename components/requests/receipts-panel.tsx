import { Signature } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Hash } from '../ui/hash.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { HospitalReceipts } from './hospital-receipts.tsx';
import { ReceiptSignature } from './receipt-signature.tsx';

type OfHospital = RequestDetail['receipts'][number];
type Single = OfHospital & { receipt: OfHospital['receipts'][number] };

/** The signed statements of the nodes that were asked: one line each, or a fold where a node signed many. */
export function ReceiptsPanel({
  receipts,
  isDemoHistory,
}: {
  receipts: OfHospital[];
  isDemoHistory: boolean;
}) {
  const t = useTranslations('request');
  const singles = receipts.flatMap((of): Single[] => {
    const [receipt, ...more] = of.receipts;
    return receipt && more.length === 0 ? [{ ...of, receipt }] : [];
  });
  const count = receipts.reduce((sum, of) => sum + of.receipts.length, 0);
  const areSingle = singles.length === receipts.length;
  return (
    <Panel
      title={t('receipts')}
      flush
      actions={
        areSingle ? null : <span className="figures text-muted text-sm">{t('receiptsTotal', { count })}</span>
      }
    >
      {receipts.length === 0 ? (
        <Empty icon={Signature} title={t('noReceipts')}>
          {t(isDemoHistory ? 'demoHistoryReceipts' : 'noReceiptsText')}
        </Empty>
      ) : areSingle ? (
        <>
          <p className="px-4 pt-3 pb-2 text-muted text-sm">{t('letGoNote')}</p>
          <SingleReceipts rows={singles} />
        </>
      ) : (
        <ul className="divide-y">
          {receipts.map((of) => (
            <HospitalReceipts key={of.nodeId} of={of} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SingleReceipts({ rows }: { rows: Single[] }) {
  const t = useTranslations('request');
  const columns: Column<Single>[] = [
    { key: 'node', heading: t('node'), title: true, cell: (row) => row.nodeName },
    { key: 'seq', heading: t('seq'), figures: true, cell: (row) => row.receipt.seq },
    { key: 'rho', heading: t('letGo'), figures: true, cell: (row) => <Rho rho={row.rho} /> },
    {
      key: 'header',
      heading: t('header'),
      cell: (row) => <Hash value={row.receipt.headerHash} what={t('headerHash')} />,
    },
    {
      key: 'signature',
      heading: t('signature'),
      cell: (row) => <ReceiptSignature receipt={row.receipt} />,
    },
  ];
  return <SimpleTable caption={t('receipts')} columns={columns} rows={rows} rowKey={(row) => row.nodeId} />;
}
