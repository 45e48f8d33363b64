import { Hourglass } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { IncreaseView } from '#lib/budgets/increases/list-increases';
import { Epsilon } from '../ui/quantity.tsx';
import { StateBadge, type Tone } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { DeclineIncrease } from './decline-increase.tsx';
import { ProposeButton } from './propose-button.tsx';
import { TakeBack } from './take-back.tsx';

type Props = { increase: IncreaseView; twoFactors: boolean };

/** One request: who wants how much and why, what became of it, and what the reader can do about it. */
export function IncreaseRow({ increase, twoFactors }: Props) {
  const t = useTranslations('decisions.increases');
  const { account, by, change } = increase;
  const epsilon = (value: number) => () => <Epsilon epsilon={value} delta={account.delta} />;
  const outcome = outcomeOf(increase);
  const link = (chunks: ReactNode) =>
    change?.id ? (
      <Link href={`/decisions/${change.id}`} prefetch={false} className="underline underline-offset-4">
        {chunks}
      </Link>
    ) : (
      chunks
    );
  return (
    <li data-testid="increase" className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="figures min-w-0 font-medium">
          {t.rich(increase.state === 'open' ? 'wants' : 'wanted', {
            by: by ?? t('somebody'),
            own: String(increase.isOwn),
            period: account.period,
            now: epsilon(increase.capEpsilon),
            wanted: epsilon(increase.wantedEpsilon),
          })}
        </p>
        <StateBadge tone={TONES[outcome]} {...(outcome === 'open' ? { icon: Hourglass } : {})}>
          {t(`states.${outcome}`)}
        </StateBadge>
      </div>
      <p className="break-words text-sm">{increase.reason}</p>
      <p className="text-muted text-sm">
        <Time short at={increase.createdAt} />
      </p>
      {increase.answer ? (
        <p className="break-words border-line-strong border-l pl-3 text-sm">
          <span className="text-muted">{t('answered', { by: increase.handledBy ?? t('officer') })}</span>{' '}
          {increase.answer}
          {change ? <span className="block">{t.rich(`became.${change.state}`, { link })}</span> : null}
          {change?.reason ? <span className="block text-muted">{change.reason}</span> : null}
        </p>
      ) : null}
      {increase.mayAnswer && increase.standing ? (
        <div className="flex flex-wrap gap-2">
          <ProposeButton
            small
            twoFactors={twoFactors}
            account={{
              id: account.id,
              kind: 'user',
              name: account.name,
              period: account.period,
              state: 'open',
              capEpsilon: increase.capEpsilon,
              standing: increase.standing,
              patients: null,
              wanted: {
                increaseId: increase.id,
                epsilon: increase.wantedEpsilon,
                by,
                reason: increase.reason,
              },
            }}
          />
          <DeclineIncrease id={increase.id} by={by ?? t('somebody')} />
        </div>
      ) : null}
      {increase.mayWithdraw ? (
        <div>
          <TakeBack what="increases" id={increase.id} />
        </div>
      ) : null}
    </li>
  );
}

type Outcome = 'open' | 'proposed' | 'granted' | 'declined' | 'withdrawn';
const TONES: Record<Outcome, Tone> = {
  open: 'attention',
  proposed: 'info',
  granted: 'ok',
  declined: 'danger',
  withdrawn: 'neutral',
};

/** What a request came to, with the change it led to. */
function outcomeOf({ state, change }: IncreaseView): Outcome {
  if (state !== 'proposed' || !change || change.state === 'proposed') return state;
  return change.state === 'approved' ? 'granted' : 'declined';
}
