import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Hash } from '../ui/hash.tsx';
import { Rho } from '../ui/quantity.tsx';
import { ReceiptSignature } from './receipt-signature.tsx';

type OfHospital = RequestDetail['receipts'][number];

/** All that one hospital signed for a request, as one line that opens. */
export function HospitalReceipts({ of }: { of: OfHospital }) {
  const t = useTranslations('request');
  const columns: Column<OfHospital['receipts'][number]>[] = [
    { key: 'seq', heading: t('seq'), title: true, figures: true, cell: (row) => row.seq },
    { key: 'rho', heading: t('letGo'), figures: true, cell: (row) => <Rho rho={row.rho} /> },
    {
      key: 'header',
      heading: t('header'),
      cell: (row) => <Hash value={row.headerHash} what={t('headerHash')} />,
    },
    { key: 'signature', heading: t('signature'), cell: (row) => <ReceiptSignature receipt={row} /> },
  ];
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-4 py-2 text-sm hover:bg-sunken [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
          />
          <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
            <span className="min-w-0 truncate">{of.nodeName}</span>
            <span className="figures whitespace-nowrap text-muted">
              {t('receiptsOf', {
                count: of.receipts.length,
                first: of.receipts[0]?.seq ?? '',
                last: of.receipts.at(-1)?.seq ?? '',
              })}
            </span>
          </span>
          <Rho rho={of.rho} />
        </summary>
        {/* A part that scrolls must be reachable by keys. */}
        <section
          aria-label={t('receiptsCaption', { node: of.nodeName })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
          tabIndex={0}
          className="max-h-80 overflow-y-auto border-t"
        >
          <SimpleTable
            caption={t('receiptsCaption', { node: of.nodeName })}
            columns={columns}
            rows={of.receipts}
            rowKey={(row) => row.seq}
          />
        </section>
      </details>
    </li>
  );
}
