import { useTranslations } from 'next-intl';

/** Words for what alerts name by code; one that has none yet is shown by its code. */
export function useAlertWords() {
  const t = useTranslations('alerts.codes');
  const known = (code: string) =>
    t.has(`${code}.title` as 'log_fork.title') ? (code as 'log_fork') : 'other';
  return {
    title: (code: string) => t(`${known(code)}.title`, { code }),
    text: (code: string) => t(`${known(code)}.text`),
  };
}
