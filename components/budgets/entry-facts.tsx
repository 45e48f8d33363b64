import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { TERM_NAMES } from '#lib/budgets/entry-terms';
import type { ExplainedEntry } from '#lib/budgets/explain-entries';
import { Hash } from '../ui/hash.tsx';
import { Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { SignedRho } from './signed-rho.tsx';

/** What an entry says by itself, what ran for it, and how the account stood after it. */
export function EntryFacts({ entry }: { entry: ExplainedEntry }) {
  const t = useTranslations('account');
  const words = useVocabulary();
  const format = new Intl.NumberFormat(useLocale(), { maximumSignificantDigits: 4 });
  const terms: { name: ReactNode; value: ReactNode }[] = TERM_NAMES.flatMap((name) => {
    const value = entry.terms[name];
    if (value === undefined) return [];
    return [{ name: t(`terms.${name}`), value: typeof value === 'number' ? format.format(value) : value }];
  });
  return (
    <Properties
      items={[
        { name: t('entryKind'), value: t(`entryKinds.${entry.kind}`) },
        { name: t('when'), value: <Time at={entry.createdAt} /> },
        { name: t('spentDelta'), value: <SignedRho rho={entry.spentDelta} /> },
        ...(entry.epsilon === null
          ? []
          : [{ name: t('epsilonDelta'), value: <Epsilon epsilon={entry.epsilon} delta={entry.delta} /> }]),
        { name: t('reservedDelta'), value: <SignedRho rho={entry.reservedDelta} /> },
        { name: t('spentAfter'), value: <Rho rho={entry.spentAfter} fixed /> },
        {
          name: t('entry.spentAfterEpsilon'),
          value: <Epsilon epsilon={entry.spentAfterEpsilon} delta={entry.delta} />,
        },
        { name: t('entry.reservedAfter'), value: <Rho rho={entry.reservedAfter} fixed /> },
        { name: t('mechanism'), value: words.mechanism(entry.mechanism) },
        ...terms,
        { name: t('request'), value: <Hash value={entry.requestId} what={t('entry.requestId')} /> },
      ]}
    />
  );
}
