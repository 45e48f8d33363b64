import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { QuoteQuestion } from '#lib/requests/question';
import type { UsefulnessReply } from '#lib/requests/usefulness-reply';
import type { Quote } from './use-quote.ts';

type Estimate = typeof import('#lib/requests/estimate-usefulness').estimateUsefulness;

/**
 * What the draft's answer would be worth, without waiting for the router while epsilon moves: computed here, by the
 * router's own arithmetic, for the shards of the last price. The router's word takes its place as soon as it is there.
 */
export function useLiveUsefulness(question: QuoteQuestion | null, quote: Quote): UsefulnessReply | null {
  const estimate = useEstimate();
  const { data, shown } = quote;
  const asked = useDeferredValue(JSON.stringify(question));
  return useMemo(() => {
    if (data) return data.usefulness;
    const now: QuoteQuestion | null = JSON.parse(asked);
    if (!estimate || !shown || now === null) return null;
    return estimate(now, { shards: shown.shards, delta: Number(shown.delta) });
  }, [data, shown, asked, estimate]);
}

/** The arithmetic, which is no part of the page's first load. Without it the router's word is waited for. */
function useEstimate(): Estimate | null {
  const [estimate, setEstimate] = useState<Estimate | null>(null);
  useEffect(() => {
    let isHere = true;
    import('#lib/requests/estimate-usefulness')
      .then(({ estimateUsefulness }) => {
        if (isHere) setEstimate(() => estimateUsefulness);
      })
      .catch(() => {});
    return () => {
      isHere = false;
    };
  }, []);
  return estimate;
}
