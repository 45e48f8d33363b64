import { useTranslations } from 'next-intl';
import { isEventType } from '#lib/audit-rows/event-types';

/** What a kind of event is called; one that this version does not know, by its own name. */
export function useTypeWords(): (type: string) => string {
  const t = useTranslations('audit.types');
  return (type) => (isEventType(type) ? t(type) : type);
}
