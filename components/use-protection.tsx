import { useTranslations } from 'next-intl';
import { Term } from './ui/term.tsx';
import { useVocabulary } from './use-vocabulary.ts';
import { modeTerm } from './vocabulary-terms.ts';

type Protection = {
  mode?: string | null | undefined;
  masking?: string | null | undefined;
  maxCollude?: number | null | undefined;
};

/** Mode and masking of an answer as properties, and in words against whom its bound holds. */
export function useProtection({ mode, masking, maxCollude }: Protection) {
  const t = useTranslations('protection');
  const words = useVocabulary();
  const isKnown = masking != null && (mode === 'exact' || mode === 'gaussian');
  return [
    { name: <Term name={modeTerm(mode)}>{t('mode')}</Term>, value: words.mode(mode) },
    ...(isKnown
      ? [
          { name: <Term name="masking">{t('masking')}</Term>, value: words.masking(masking) },
          { name: t('against'), value: t(mode, { count: maxCollude ?? 0 }) },
        ]
      : []),
  ];
}
