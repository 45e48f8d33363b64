import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { QuoteQuestion } from '#lib/requests/question';
import type { UsefulnessReply } from '#lib/requests/usefulness-reply';
import type { Quote } from './use-quote.ts';

/** What an answer would be worth, with what that was worked out for: the draft may be further on already. */
export type LiveUsefulness = { worth: UsefulnessReply; epsilon: number; delta: string; shards: number };

type Estimate = typeof import('#lib/requests/estimate-usefulness').estimateUsefulness;

/**
 * What the draft's answer would be worth, without waiting for the router while epsilon moves: computed here, by the
 * router's own arithmetic, for the shards of the last price. The router's word takes its place as soon as it is there,
 * and its last word stands where nothing can be worked out.
 */
export function useLiveUsefulness(question: QuoteQuestion | null, quote: Quote): LiveUsefulness | null {
  const estimate = useEstimate();
  const { data, shown } = quote;
  const asked = useDeferredValue(JSON.stringify(question));
  return useMemo(() => {
    const last = data ?? shown;
    if (!last) return null;
    const { delta, shards, nodes, maxCollude, maxDropouts } = last;
    const priced = { worth: last.usefulness, epsilon: last.epsilon, delta, shards };
    const now: QuoteQuestion | null = JSON.parse(asked);
    if (data || !estimate || now === null) return priced;
    const worth = estimate(now, { shards, nodes, maxCollude, maxDropouts, delta: Number(delta) });
    return worth ? { worth, epsilon: now.epsilon, delta, shards } : priced;
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
