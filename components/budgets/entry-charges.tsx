import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { EntryDetail } from '#lib/budgets/get-entry';
import { Rho } from '../ui/quantity.tsx';

/** What the entry's request charged to each account in view, and how many more there are. */
export function EntryCharges({ charges }: Pick<EntryDetail, 'charges'>) {
  const t = useTranslations('account');
  const kinds = useTranslations('accountKinds');
  return (
    <>
      <ul className="flex flex-col gap-2 text-sm">
        {charges.accounts.map((account) => (
          <li key={account.accountId} className="flex items-baseline justify-between gap-3">
            <span className="min-w-0">
              <Link
                href={`/budgets/${account.accountId}`}
                prefetch={false}
                className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              >
                {account.name}
              </Link>{' '}
              <span className="text-muted text-xs">{kinds(account.kind)}</span>
            </span>
            <span className="flex flex-col items-end">
              <Rho rho={account.spentRho} />
              {account.reservedRho === '0' ? null : (
                <span className="text-muted text-xs">
                  {t('reserved')} <Rho rho={account.reservedRho} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {charges.withheld > 0 ? (
        <p className="text-muted text-sm">{t('entry.withheld', { count: charges.withheld })}</p>
      ) : null}
    </>
  );
}
