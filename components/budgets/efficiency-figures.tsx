'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { z } from 'zod';
import type { ACCOUNT_EFFICIENCY } from '#lib/console-api/efficiency';
import { formatShareAtMost } from '#lib/i18n/quantities';
import { Properties } from '../ui/panel.tsx';
import { Epsilon } from '../ui/quantity.tsx';
import { StateWord } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';

type Props = { measured: z.output<typeof ACCOUNT_EFFICIENCY.reply> };

/** The share first, then the epsilons it is of, and why it is not higher. */
export function EfficiencyFigures({ measured }: Props) {
  const t = useTranslations('efficiency');
  const locale = useLocale();
  const whole = new Intl.NumberFormat(locale);
  const { delta, efficiency, reason } = measured;
  if (efficiency === null) return <p>{t('empty')}</p>;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <p className="figures text-lg">{t('lead', { share: formatShareAtMost(efficiency, locale) })}</p>
        <p className="text-muted text-sm">{t(`provenBy.${measured.provenBy}`)}</p>
        {reason ? <StateWord tone="info">{t(`reasons.${reason}`)}</StateWord> : null}
        {measured.unknownCharges > 0 ? (
          <StateWord tone="attention">{t('unknown', { count: measured.unknownCharges })}</StateWord>
        ) : null}
      </div>
      <Properties
        items={[
          { name: t('charged'), value: <Epsilon epsilon={measured.chargedEpsilon} delta={delta} /> },
          { name: t('proven'), value: <Epsilon epsilon={measured.provenEpsilon} delta={delta} /> },
          { name: t('attained'), value: <Epsilon epsilon={measured.attainedEpsilon} delta={delta} /> },
          { name: t('charges'), value: whole.format(measured.charges) },
          { name: t('draws'), value: whole.format(measured.draws) },
        ]}
      />
      <p className="text-muted text-sm">
        {t('asIfRun')} {t('attainedNote')}{' '}
        {t.rich('computedAt', { time: () => <Time at={measured.computedAt} short /> })}
      </p>
    </div>
  );
}
