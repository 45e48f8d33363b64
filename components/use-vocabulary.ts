import { useTranslations } from 'next-intl';

/** Words for what the router names by code. A code that has no word yet is shown as it is. */
export function useVocabulary() {
  const routes = useTranslations('routes');
  const mechanisms = useTranslations('mechanisms');
  const modes = useTranslations('modes');
  const maskings = useTranslations('maskings');
  return {
    route: (code: string) => (routes.has(code as 'public') ? routes(code as 'public') : code),
    mechanism: (code: string | null | undefined) =>
      mechanisms.has((code || 'none') as 'vote') ? mechanisms((code || 'none') as 'vote') : code,
    mode: (code: string | null | undefined) =>
      modes.has((code || 'none') as 'exact') ? modes((code || 'none') as 'exact') : code,
    masking: (code: string) =>
      maskings.has(code as 'all-or-nothing') ? maskings(code as 'all-or-nothing') : code,
  };
}
