import { useLocale, useTranslations } from 'next-intl';
import { REQUEST_STATES } from '#lib/requests/request-states';
import type { RequestSummary } from '#lib/requests/summarise-requests';
import { Rho } from '../ui/quantity.tsx';
import { RequestStateBadge } from './request-state.tsx';

type Props = { summary: RequestSummary; ownOnly: boolean };

/** The page's answer: how many questions, how they ended, and what they cost together. */
export function RequestsLead({ summary, ownOnly }: Props) {
  const t = useTranslations('requests');
  const format = new Intl.NumberFormat(useLocale());
  return (
    <div className="flex flex-col gap-2">
      <p className="figures flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-2xl">{format.format(summary.count)}</span>
        <span className="text-lg">{t('leadCount', { count: summary.count })}</span>
        <span>{t.rich('leadCharged', { rho: () => <Rho rho={summary.chargedRho} /> })}</span>
      </p>
      <ul className="figures flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {REQUEST_STATES.filter((state) => (summary.byState[state] ?? 0) > 0).map((state) => (
          <li key={state} className="flex items-center gap-1.5">
            <RequestStateBadge state={state} /> {format.format(summary.byState[state] ?? 0)}
          </li>
        ))}
      </ul>
      <p className="text-muted text-sm">{t(ownOnly ? 'leadOwn' : 'leadAll')}</p>
    </div>
  );
}
