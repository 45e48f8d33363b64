import { Gauge, Lock, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import type { Consequence } from '#lib/budgets/changes/consequence';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Notice } from '../ui/state.tsx';

type Props = {
  consequence: Consequence;
  holder: { kind: ChangeView['holderKind']; name: string; period: string; delta: string };
  patients: number | null;
};

/**
 * What a cap would mean before anybody decides: the bound, which for a dataset is a guarantee and else a quota; the
 * odometer, which is neither; and what all periods together can come to.
 */
export function ConsequenceText({ consequence, holder, patients }: Props) {
  const t = useTranslations('decisions.consequence');
  const { name, period, delta } = holder;
  const isGuarantee = holder.kind === 'dataset';
  const Icon = isGuarantee ? ShieldCheck : Lock;
  const epsilon = (value: number | null) => () =>
    value === null ? null : <Epsilon epsilon={value} delta={delta} />;
  const given = { name, period, from: epsilon(consequence.fromEpsilon), to: epsilon(consequence.toEpsilon) };
  const line = 'mt-0.5 size-4 shrink-0';
  return (
    <div aria-live="polite" data-testid="consequence" className="flex flex-col gap-3 text-sm">
      <p className="flex gap-2">
        <Icon aria-hidden className={`${line} ${isGuarantee ? 'text-ok' : 'text-muted'}`} />
        <span className="figures">
          {t.rich(`${isGuarantee ? 'guarantee' : 'limit'}.${consequence.change}`, given)}
          {isGuarantee
            ? ` ${patients === null ? t('allPatients') : t('patients', { count: patients })}`
            : null}
        </span>
      </p>
      {isGuarantee ? null : <p className="pl-6 text-muted">{t('quota')}</p>}
      <p className="flex gap-2 text-muted italic">
        <Gauge aria-hidden className={line} />
        <span className="figures">
          {t.rich('odometer', { epsilon: epsilon(consequence.lifetimeSpentEpsilon) })}
        </span>
      </p>
      <p className="pl-6">
        {t.rich(isGuarantee ? 'worstGuarantee' : 'worstLimit', {
          period,
          from: epsilon(consequence.lifetimeFromEpsilon),
          to: epsilon(consequence.lifetimeWorstEpsilon),
        })}
      </p>
      {consequence.belowUsed ? (
        <Notice tone="danger" title={t('belowUsed')}>
          <p className="figures">
            {t.rich('belowUsedText', {
              rho: () => <Rho rho={consequence.usedRho} />,
              epsilon: epsilon(consequence.usedEpsilon),
            })}
          </p>
        </Notice>
      ) : null}
    </div>
  );
}
