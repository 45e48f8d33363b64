import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { AccountView } from '#lib/budgets/account-view';
import { Epsilon } from '../ui/quantity.tsx';

type Props = { account: AccountView; left: bigint; epsilon: number; delta: number; overseer: boolean };

/** The page's one number: how many more questions fit into the budget that has the least left. */
export function BudgetLead({ account, left, epsilon, delta, overseer }: Props) {
  const t = useTranslations('budgets');
  const format = new Intl.NumberFormat(useLocale());
  return (
    <div data-testid="budget-lead" className="flex flex-col gap-1">
      <p className="figures flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-2xl">{format.format(left)}</span>
        <span className="text-lg">{t('left', { count: Number(left) })}</span>
        <span>
          {t.rich(overseer ? 'leadOverseer' : 'leadPerson', {
            epsilon: () => <Epsilon epsilon={epsilon} delta={delta} />,
            account: () => (
              <Link
                href={`/budgets/${account.id}`}
                className="font-medium underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              >
                {account.name}
              </Link>
            ),
          })}
        </span>
      </p>
      <p className="text-muted text-sm">
        {t(whyKey(account.kind, overseer))} {t('leadPeriod', { period: account.period })}
      </p>
    </div>
  );
}

function whyKey(kind: AccountView['kind'], overseer: boolean) {
  if (!overseer) return 'leadWhyPerson';
  return kind === 'dataset' ? 'leadWhyDataset' : 'leadWhyQuota';
}
