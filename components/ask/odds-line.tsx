'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatFactor } from '#lib/i18n/quantities';
import type { UsefulnessReply } from '#lib/requests/usefulness-reply';
import { Term } from '../ui/term.tsx';

/** How far private data can move an answer at all, in odds: all of it together, and any one patient's. */
export function OddsLine({ worth }: { worth: UsefulnessReply }) {
  const t = useTranslations('quote');
  const locale = useLocale();
  const { oddsRatio, mechanism } = worth;
  if (oddsRatio === null) return null;
  return (
    <p className="border-t pt-3 text-sm">
      {t.rich(mechanism === 'short-answer' ? 'tokenOdds' : 'labelOdds', {
        all: formatFactor(oddsRatio.allPatients, locale),
        one: formatFactor(oddsRatio.onePatient, locale),
        clip: (chunks) => <Term name="clip">{chunks}</Term>,
      })}
    </p>
  );
}
