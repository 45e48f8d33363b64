'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatShare } from '#lib/i18n/quantities';

/** Writes what was measured of a node; a dash where nothing was. */
export function useNodeWords() {
  const t = useTranslations('nodes');
  const locale = useLocale();
  return {
    ms: (value: number | null) => (value === null ? '–' : t('ms', { value })),
    share: (value: number | null) => (value === null ? '–' : formatShare(value, locale)),
    number: (value: number | null) => (value === null ? '–' : new Intl.NumberFormat(locale).format(value)),
  };
}
