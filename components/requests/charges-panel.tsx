import { ReceiptText } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { formatShare } from '#lib/i18n/quantities';
import type { RequestDetail } from '#lib/requests/get-request';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';

type Charges = RequestDetail['charges'];
type Props = Pick<RequestDetail, 'charges' | 'outcome'>;

/** What the request moved on each account the viewer may see, and how many more there are. */
export function ChargesPanel({ charges, outcome }: Props) {
  const t = useTranslations('request');
  const kinds = useTranslations('accountKinds');
  const stillReserved: Column<Charges['accounts'][number]> = {
    key: 'reserved',
    heading: t('reserved'),
    figures: true,
    cell: (row) => <Rho rho={row.reservedRho} />,
  };
  const columns: Column<Charges['accounts'][number]>[] = [
    {
      key: 'account',
      heading: t('account'),
      title: true,
      cell: (row) => (
        <Link
          href={`/budgets/${row.accountId}`}
          prefetch={false}
          className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          {row.name}
        </Link>
      ),
    },
    { key: 'kind', heading: t('kind'), cell: (row) => kinds(row.kind) },
    {
      key: 'before',
      heading: t('leftBefore'),
      figures: true,
      cell: (row) => <Left rho={row.leftBeforeRho} share={row.leftBeforeShare} />,
    },
    { key: 'spent', heading: t('spent'), figures: true, cell: (row) => <Rho rho={row.spentRho} /> },
    ...(charges.accounts.some((row) => row.reservedRho !== '0') ? [stillReserved] : []),
    {
      key: 'after',
      heading: t('leftAfter'),
      figures: true,
      cell: (row) => <Left rho={row.leftAfterRho} share={row.leftAfterShare} />,
    },
  ];
  const none = charges.accounts.length === 0 && charges.withheld === 0;
  return (
    <Panel title={t('charges')} flush>
      {none ? (
        <Empty icon={ReceiptText} title={t('noCharges')}>
          {t('noChargesText')}
        </Empty>
      ) : (
        <SimpleTable
          caption={t('charges')}
          columns={columns}
          rows={charges.accounts}
          rowKey={(row) => row.accountId}
        />
      )}
      {charges.accounts.length > 0 ? (
        <p className="border-t px-4 py-3 text-muted text-sm">{t('leftNote')}</p>
      ) : null}
      {charges.withheld > 0 ? (
        <p className="border-t px-4 py-3 text-muted text-sm">
          {t(`withheld.${movedOn(outcome)}`, { count: charges.withheld })}
        </p>
      ) : null}
    </Panel>
  );
}

function Left({ rho, share }: { rho: string; share: number }) {
  const locale = useLocale();
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <Rho rho={rho} fixed /> <span className="text-muted text-xs">{formatShare(share, locale)}</span>
    </span>
  );
}

/** What the request did on every account it touched, those in view and the others alike. */
function movedOn(outcome: RequestDetail['outcome']): 'charged' | 'reserved' | 'released' {
  if (outcome === 'answered' || outcome === 'failed') return 'charged';
  return outcome === 'reserved' ? 'reserved' : 'released';
}
