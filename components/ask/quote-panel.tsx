'use client';

import { useTranslations } from 'next-intl';
import type { QuoteReply } from '#lib/requests/router-replies';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Term } from '../ui/term.tsx';
import { ChanceBars } from './chance-bars.tsx';
import { LookupProblem } from './lookup-problem.tsx';
import { OddsLine } from './odds-line.tsx';
import { QuoteAccounts } from './quote-accounts.tsx';
import type { LiveUsefulness } from './use-live-usefulness.ts';
import type { Quote } from './use-quote.ts';
import { UsefulnessNotice } from './usefulness-notice.tsx';
import { UsefulnessSentence } from './usefulness-sentence.tsx';

type Props = {
  quote: Quote;
  /** At the epsilon in view: the router's word once it has come, until then this browser's own arithmetic. */
  usefulness: LiveUsefulness | null;
  maxEpsilon: number;
  wantedTokens: number;
  onEpsilon: (epsilon: number) => void;
};

/** What the epsilon buys, in one sentence and a picture, and what it leaves on each account. */
export function QuotePanel({ quote, usefulness, maxEpsilon, wantedTokens, onEpsilon }: Props) {
  const t = useTranslations('quote');
  const { shown, error, wanted, stale } = quote;
  if (error) return <LookupProblem error={error} what="price" onRetry={quote.retry} />;
  const worth = usefulness?.worth;
  return (
    <Panel title={t('title')}>
      <div className="flex flex-col gap-4">
        {/* Always there, and alone announced, once it stands still: the figures change with every step of the slider. */}
        <p aria-live="polite" aria-atomic aria-busy={wanted && stale} className="figures empty:sr-only">
          {usefulness ? <UsefulnessSentence {...usefulness} wantedTokens={wantedTokens} /> : null}
        </p>
        {shown && worth ? (
          <>
            <UsefulnessNotice
              worth={worth}
              cohort={shown.cohort}
              maxEpsilon={maxEpsilon}
              onEpsilon={onEpsilon}
            />
            {worth.mechanism === 'short-answer' ? null : <ChanceBars worth={worth} />}
            <OddsLine worth={worth} />
            <Price quote={shown} stale={stale} />
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

/** Whom it costs what. Only the router knows, so it waits for the router. */
function Price({ quote, stale }: { quote: QuoteReply; stale: boolean }) {
  const t = useTranslations('quote');
  return (
    <div className={stale ? 'flex flex-col gap-4 opacity-60' : 'flex flex-col gap-4'}>
      <div className="flex justify-between gap-4 border-t pt-3 text-sm">
        <span className="text-muted">{t('cohort', { nodes: quote.nodes, shards: quote.shards })}</span>
        <Term name="rho">
          <Rho rho={quote.rho} />
        </Term>
      </div>
      {quote.mechanism === 'vote' ? null : <p className="text-muted text-sm">{t('setAside')}</p>}
      <QuoteAccounts accounts={quote.accounts} rho={quote.rho} />
    </div>
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
