'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatDelta, formatEpsilon, formatShare } from '#lib/i18n/quantities';
import type { UsefulnessReply } from '#lib/requests/usefulness-reply';

type Props = {
  worth: UsefulnessReply;
  epsilon: number;
  delta: string;
  shards: number;
  /** The length chosen for a short answer. */
  wantedTokens: number;
};

/** What the epsilon buys, in one sentence. */
export function UsefulnessSentence({ worth, epsilon, delta, shards, wantedTokens }: Props) {
  const t = useTranslations('quote');
  const locale = useLocale();
  const common = {
    epsilon: `ε ${formatEpsilon(epsilon, locale)} (δ ${formatDelta(delta)})`,
    shards,
    strong: (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>,
  };
  if (worth.mechanism === 'short-answer') {
    const tokens = Math.min(worth.tokens, wantedTokens);
    return t.rich(worth.tokens < wantedTokens ? 'shortSentence' : 'textSentence', { ...common, tokens });
  }
  return t.rich(worth.mechanism === 'vote' ? 'sentence' : 'consensusSentence', {
    ...common,
    probability: formatShare(worth.probabilityRight, locale),
    plurality: formatShare(worth.plurality, locale),
    silent: worth.mechanism === 'consensus' ? formatShare(worth.probabilityAbstains, locale) : '',
  });
}
