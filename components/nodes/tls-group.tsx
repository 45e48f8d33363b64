import { useTranslations } from 'next-intl';

/** The key agreement of a connection in words: what it is, never what it might withstand. */
export function TlsGroup({ group }: { group: string | null }) {
  const t = useTranslations('nodes.groups');
  if (group === null) return '–';
  return <span>{t(/MLKEM/i.test(group) ? 'hybrid' : 'classical', { group })}</span>;
}
