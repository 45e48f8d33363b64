'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatDelta, formatEpsilon, formatShare } from '#lib/i18n/quantities';
import type { QuoteReply } from '#lib/requests/router-replies';
import { Button } from '../ui/button.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Notice } from '../ui/state.tsx';
import { Term } from '../ui/term.tsx';
import { LookupProblem } from './lookup-problem.tsx';
import { QuoteAccounts } from './quote-accounts.tsx';
import type { Quote } from './use-quote.ts';

type Props = {
  quote: Quote;
  maxEpsilon: number;
  onEpsilon: (epsilon: number) => void;
};

/** What the epsilon buys, in one sentence, and what it leaves on each account. */
export function QuotePanel({ quote, maxEpsilon, onEpsilon }: Props) {
  const t = useTranslations('quote');
  const { shown, error, wanted, stale } = quote;
  if (error) return <LookupProblem error={error} what="price" onRetry={quote.retry} />;
  return (
    <Panel title={t('title')}>
      <div className={shown && stale ? 'flex flex-col gap-4 opacity-60' : 'flex flex-col gap-4'}>
        {/* Always there, and alone announced: the figures around it change with every step of the slider. */}
        <p aria-live="polite" aria-atomic aria-busy={wanted && stale} className="figures empty:sr-only">
          {shown ? <Sentence quote={shown} /> : null}
        </p>
        {shown ? (
          <>
            <Usefulness quote={shown} maxEpsilon={maxEpsilon} onEpsilon={onEpsilon} />
            <div className="flex justify-between gap-4 border-t pt-3 text-sm">
              <span className="text-muted">{t('cohort', { nodes: shown.nodes, shards: shown.shards })}</span>
              <Term name="rho">
                <Rho rho={shown.rho} />
              </Term>
            </div>
            <QuoteAccounts accounts={shown.accounts} rho={shown.rho} />
          </>
        ) : wanted ? (
          <QuoteSkeleton />
        ) : (
          <p className="text-muted text-sm">{t('waiting')}</p>
        )}
      </div>
    </Panel>
  );
}

function Sentence({ quote }: { quote: QuoteReply }) {
  const t = useTranslations('quote');
  const locale = useLocale();
  const { probabilityRight, plurality } = quote.usefulness;
  return t.rich('sentence', {
    epsilon: `ε ${formatEpsilon(quote.epsilon, locale)} (δ ${formatDelta(quote.delta)})`,
    probability: formatShare(probabilityRight, locale),
    plurality: formatShare(plurality, locale),
    shards: quote.shards,
    strong: (chunks) => <strong className="font-semibold">{chunks}</strong>,
  });
}

type UsefulnessProps = { quote: QuoteReply; maxEpsilon: number; onEpsilon: (epsilon: number) => void };

/** What stands in the way of an answer worth its cost, and what would do. */
function Usefulness({ quote, maxEpsilon, onEpsilon }: UsefulnessProps) {
  const t = useTranslations('quote');
  const locale = useLocale();
  const { required, suffices } = quote.usefulness;
  const enough = suffices.epsilon;
  const allowed = enough !== null && enough <= maxEpsilon;
  return (
    <>
      {quote.cohort === 'too_small' ? <Notice tone="attention" title={t('tooSmall')} /> : null}
      {quote.useful || quote.cohort === 'too_small' ? null : (
        <Notice
          tone="attention"
          title={t('notUseful', { required: formatShare(required, locale) })}
          actions={
            allowed ? (
              <Button size="sm" onClick={() => onEpsilon(enough)}>
                {t('useEpsilon', { epsilon: formatEpsilon(enough, locale) })}
              </Button>
            ) : null
          }
        >
          {enough === null ? null : <p>{t('sufficesEpsilon', { epsilon: formatEpsilon(enough, locale) })}</p>}
          {enough === null || allowed ? null : (
            <p>{t('overPolicy', { max: formatEpsilon(maxEpsilon, locale) })}</p>
          )}
          {suffices.shards === null ? null : <p>{t('sufficesShards', { shards: suffices.shards })}</p>}
        </Notice>
      )}
    </>
  );
}

function QuoteSkeleton() {
  return (
    <>
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-40 w-full" />
    </>
  );
}
