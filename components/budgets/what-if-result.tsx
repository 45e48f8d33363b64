'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { WhatIf } from '#lib/budgets/what-if';
import { formatEpsilon } from '#lib/i18n/quantities';
import { Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Notice } from '../ui/state.tsx';
import { Term } from '../ui/term.tsx';
import { ForecastBrief } from './forecast-text.tsx';

type Props = {
  result: WhatIf;
  present: WhatIf;
  kind: 'dataset' | 'user' | 'department' | 'organisation';
  delta: string;
  period: string;
  questionEpsilon: number;
};

/** What a cap would mean, beside what the present one does. */
export function WhatIfResult({ result, present, kind, delta, period, questionEpsilon }: Props) {
  const t = useTranslations('whatIf');
  const locale = useLocale();
  const whole = new Intl.NumberFormat(locale);
  const odds = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, notation: 'compact' });
  const change = Number(result.questionsLeft - present.questionsLeft);
  return (
    <div aria-live="polite" className="flex flex-col gap-4">
      <p className="figures">
        {t.rich(kind === 'dataset' ? 'meansGuarantee' : 'meansLimit', {
          period,
          odds: odds.format(result.oddsFactor),
          epsilon: () => <Epsilon epsilon={result.capEpsilon} delta={delta} />,
        })}
      </p>
      {result.belowSpent ? <Notice tone="attention" title={t('belowSpent')} /> : null}
      <Properties
        items={[
          { name: <Term name="rho">{t('rho')}</Term>, value: <Rho rho={result.capRho} /> },
          {
            name: t('questions', { epsilon: formatEpsilon(questionEpsilon, locale) }),
            value: `${whole.format(result.questionsLeft)} (${t('change', { change: signed(change, whole) })})`,
          },
          { name: t('forecast'), value: <ForecastBrief forecast={result.forecast} /> },
          {
            name: t(kind === 'dataset' ? 'lifetimeGuarantee' : 'lifetimeLimit'),
            value: <Epsilon epsilon={result.lifetimeCapEpsilon} delta={delta} />,
          },
        ]}
      />
    </div>
  );
}

function signed(change: number, format: Intl.NumberFormat): string {
  return change > 0 ? `+${format.format(change)}` : format.format(change);
}
