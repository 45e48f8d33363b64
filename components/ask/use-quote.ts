import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { QuoteQuestion } from '#lib/requests/question';
import { consoleApi } from '../console-api.ts';
import { type Draft, epsilonAllowed, toQuoteQuestion } from './draft.ts';

const reply = async () => (await import('#lib/console-api/asking')).QUOTE.reply;

const PAUSE_MS = 300;

/**
 * The price of a draft as it is written. Only what a price depends on is sent, never the prompt. While a new price is
 * on its way the last one stays in view, but `data` is null: nobody asks at a price they have not seen.
 */
export function useQuote(draft: Draft, maxEpsilon: number) {
  const wanted = quotable(draft, maxEpsilon);
  const settled = useSettled(JSON.stringify(wanted), PAUSE_MS);
  const question: QuoteQuestion | null = JSON.parse(settled);
  const query = useQuery({
    queryKey: ['quote', settled],
    enabled: question !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => consoleApi('/api/console/quote', reply, { body: question, signal }),
  });
  const current = wanted !== null && JSON.stringify(wanted) === settled && !query.isPlaceholderData;
  return {
    wanted: wanted !== null,
    data: current ? query.data : undefined,
    shown: wanted === null ? undefined : query.data,
    stale: !current || query.isFetching,
    error: current ? query.error : null,
    retry: () => void query.refetch(),
  };
}
export type Quote = ReturnType<typeof useQuote>;

function quotable(draft: Draft, maxEpsilon: number): QuoteQuestion | null {
  return epsilonAllowed(draft.epsilon, maxEpsilon) ? toQuoteQuestion(draft) : null;
}

/** A value once it has stood still for a while. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
