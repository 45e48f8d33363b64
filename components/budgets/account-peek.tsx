'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { BudgetNode } from '#lib/budgets/budget-tree';
import { formatEpsilon } from '#lib/i18n/quantities';
import { Properties } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';
import { AccountBar, BarLegend } from './account-bar.tsx';
import { CapMark, OdometerMark } from './cap-and-odometer.tsx';
import { ForecastSentence } from './forecast-text.tsx';

/** The main facts of an account, beside the tree. */
export function AccountPeek({ node, epsilon }: { node: BudgetNode; epsilon: number }) {
  const t = useTranslations('account');
  const budgets = useTranslations('budgets');
  const kinds = useTranslations('accountKinds');
  const forecast = useTranslations('forecast');
  const locale = useLocale();
  const isOver = node.forecast.kind === 'period_over';
  return (
    <>
      <AccountBar account={node} />
      <BarLegend />
      <div className="flex flex-col gap-2 text-sm">
        <CapMark account={node} />
        <OdometerMark account={node} />
      </div>
      <div className="flex flex-col gap-1 border-t pt-4 text-sm">
        <p>
          <ForecastSentence forecast={node.forecast} period={node.period} />
        </p>
        {isOver ? null : <p className="text-muted">{forecast('method')}</p>}
      </div>
      <Properties
        items={[
          ...(isOver
            ? []
            : [
                {
                  name: budgets('questionsLeft', { epsilon: formatEpsilon(epsilon, locale) }),
                  value: new Intl.NumberFormat(locale).format(node.questionsLeft),
                },
              ]),
          { name: <Term name="rho">{t('cap')}</Term>, value: <Rho rho={node.capRho} /> },
          { name: t('spent'), value: <Rho rho={node.spentRho} /> },
          { name: <Term name="reserved">{t('reserved')}</Term>, value: <Rho rho={node.reservedRho} /> },
          { name: <Term name="remaining">{t('remaining')}</Term>, value: <Rho rho={node.remainingRho} /> },
          { name: t('kind'), value: kinds(node.kind) },
          { name: t('period'), value: node.period },
          { name: t('state'), value: budgets(`states.${node.state}`) },
        ]}
      />
    </>
  );
}
