import { useTranslations } from 'next-intl';
import type { EntryDetail } from '#lib/budgets/get-entry';
import { ReceiptSignature } from '../requests/receipt-signature.tsx';
import { Hash } from '../ui/hash.tsx';
import { Rho } from '../ui/quantity.tsx';

type Receipts = NonNullable<EntryDetail['receipts']>;

/** What each hospital signed for the entry's request, each signature checked. */
export function EntryReceipts({ receipts }: { receipts: Receipts }) {
  const t = useTranslations('account.entry');
  if (receipts.length === 0) return <p className="text-muted text-sm">{t('noReceipts')}</p>;
  return (
    <ul className="flex flex-col gap-3 text-sm">
      {receipts.map((of) => (
        <li key={of.nodeId} className="flex flex-col gap-2">
          <p className="flex items-baseline justify-between gap-3">
            <span className="min-w-0">{of.nodeName}</span>
            <Rho rho={of.rho} />
          </p>
          <ul className="flex flex-col gap-2">
            {of.receipts.map((receipt) => (
              <li
                key={receipt.seq}
                className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 rounded-md border bg-sunken px-3 py-2"
              >
                <span className="flex flex-col gap-1">
                  <span className="figures">{t('number', { seq: receipt.seq })}</span>
                  <span className="text-muted text-xs">
                    {t('header')} <Hash value={receipt.headerHash} what={t('header')} />
                  </span>
                </span>
                <ReceiptSignature receipt={receipt} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
