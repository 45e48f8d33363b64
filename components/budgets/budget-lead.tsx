import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { BudgetNode } from '#lib/budgets/budget-tree';
import { Epsilon } from '../ui/quantity.tsx';
import { ForecastSentence } from './forecast-text.tsx';

type Props = { account: BudgetNode; epsilon: number; delta: number; overseer: boolean };

/** The page's answer: how many more questions fit into the budget that has the least left, and until when. */
export function BudgetLead({ account, epsilon, delta, overseer }: Props) {
  const t = useTranslations('budgets');
  const format = new Intl.NumberFormat(useLocale());
  return (
    <div data-testid="budget-lead" className="flex flex-col gap-1">
      <p className="figures flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-2xl">{format.format(account.questionsLeft)}</span>
        <span className="text-lg">{t('left', { count: account.questionsLeft })}</span>
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
      <p className="figures">
        <ForecastSentence forecast={account.forecast} period={account.period} />
      </p>
      <p className="text-muted text-sm">
        {t(whyKey(account.kind, overseer))} {t('leadPeriod', { period: account.period })}
      </p>
    </div>
  );
}

function whyKey(kind: BudgetNode['kind'], overseer: boolean) {
  if (!overseer) return 'leadWhyPerson';
  return kind === 'dataset' ? 'leadWhyDataset' : 'leadWhyQuota';
}
