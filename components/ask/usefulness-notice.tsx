'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatEpsilon, formatShare } from '#lib/i18n/quantities';
import type { UsefulnessReply } from '#lib/requests/usefulness-reply';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/state.tsx';

type Props = {
  worth: UsefulnessReply;
  /** What became of the cohort, by the router's word. */
  cohort: string | undefined;
  maxEpsilon: number;
  onEpsilon: (epsilon: number) => void;
};

/** What stands in the way of an answer worth its cost, and what would do. */
export function UsefulnessNotice({ worth, cohort, maxEpsilon, onEpsilon }: Props) {
  const t = useTranslations('quote');
  const locale = useLocale();
  if (cohort === 'too_small') return <Notice tone="attention" title={t('tooSmall')} />;
  if (cohort === 'conditions_unmet')
    return (
      <Notice tone="attention" title={t('conditionsUnmet')}>
        {t('conditionsText')}
      </Notice>
    );
  if (worth.useful) return null;
  const { required, suffices } = worth;
  const enough = suffices.epsilon;
  const allowed = enough !== null && enough <= maxEpsilon;
  return (
    <Notice
      tone="attention"
      title={
        worth.mechanism === 'short-answer'
          ? t('tooShort', { tokens: worth.tokens, required })
          : t(worth.mechanism === 'vote' ? 'notUseful' : 'notClear', {
              required: formatShare(required, locale),
            })
      }
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
  );
}
