import { Gauge, Lock, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AccountView } from '#lib/budgets/account-view';
import { Epsilon } from '../ui/quantity.tsx';

type Cap = Pick<AccountView, 'kind' | 'capEpsilon' | 'delta'>;
type Odometer = Pick<AccountView, 'spentEpsilon' | 'delta'>;

/** What holds whatever is asked. Only a dataset's cap is a guarantee to patients; the others are quotas. */
export function CapMark({ account }: { account: Cap }) {
  const t = useTranslations('budgets');
  const isGuarantee = account.kind === 'dataset';
  const Icon = isGuarantee ? ShieldCheck : Lock;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span className="inline-flex items-center gap-x-1.5 whitespace-nowrap">
        <Icon aria-hidden className={isGuarantee ? 'size-4 text-ok' : 'size-4 text-muted'} />
        {t(isGuarantee ? 'guarantee' : 'limit')}
      </span>
      <Epsilon epsilon={account.capEpsilon} delta={account.delta} />
    </span>
  );
}

/** What the answers so far amount to: a reading that only rises, never a promise. */
export function OdometerMark({ account }: { account: Odometer }) {
  const t = useTranslations('budgets');
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 text-muted italic">
      <span className="inline-flex items-center gap-x-1.5 whitespace-nowrap">
        <Gauge aria-hidden className="size-4" />
        {t('odometer')}
      </span>
      <Epsilon epsilon={account.spentEpsilon} delta={account.delta} />
    </span>
  );
}
