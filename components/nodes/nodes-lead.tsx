import { useLocale, useTranslations } from 'next-intl';
import type { NodeRow } from '#lib/nodes/list-nodes';

/** The page's answer: how many of those that should answer do. */
export function NodesLead({ rows, federation }: { rows: NodeRow[]; federation: boolean }) {
  const t = useTranslations('nodes');
  const format = new Intl.NumberFormat(useLocale());
  const admitted = rows.filter((row) => row.state === 'admitted');
  const connected = admitted.filter((row) => row.link === 'connected').length;
  return (
    <div className="flex flex-col gap-1">
      <p className="figures flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-2xl">{format.format(connected)}</span>
        <span className="text-lg">{t('lead', { count: admitted.length })}</span>
      </p>
      <p className="text-muted text-sm">{t(federation ? 'leadFederation' : 'leadSite')}</p>
    </div>
  );
}
