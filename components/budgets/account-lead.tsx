import { useTranslations } from 'next-intl';
import type { AccountView } from '#lib/budgets/account-view';
import type { Forecast } from '#lib/budgets/forecast';
import { Epsilon } from '../ui/quantity.tsx';
import { ForecastSentence } from './forecast-text.tsx';

type Props = { account: Pick<AccountView, 'kind' | 'period' | 'capEpsilon' | 'delta'>; forecast: Forecast };

/** The page's answer: what the cap bounds, and when it is reached. */
export function AccountLead({ account, forecast }: Props) {
  const t = useTranslations('account');
  const method = useTranslations('forecast');
  const isGuarantee = account.kind === 'dataset';
  const isOver = forecast.kind === 'period_over';
  const bound = isGuarantee
    ? isOver
      ? 'leadGuaranteePast'
      : 'leadGuarantee'
    : isOver
      ? 'leadLimitPast'
      : 'leadLimit';
  return (
    <div className="flex flex-col gap-1">
      <p className="text-lg">
        {t.rich(bound, {
          period: account.period,
          epsilon: () => <Epsilon epsilon={account.capEpsilon} delta={account.delta} />,
        })}
      </p>
      <p className="figures">
        <ForecastSentence forecast={forecast} period={account.period} />
      </p>
      {isGuarantee ? <p className="text-muted text-sm">{t('leadAgainstWhom')}</p> : null}
      {isOver ? null : <p className="text-muted text-sm">{method('method')}</p>}
    </div>
  );
}
