import { useLocale, useTranslations } from 'next-intl';
import type { AuditReport, PlantedBugResult } from '#lib/privacy/audit/report';
import type { Column } from '../ui/data-table/columns.ts';
import { ScrollArea } from '../ui/data-table/scroll-area.tsx';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { StateBadge } from '../ui/state.tsx';

/** The mistakes that were made on purpose, and whether the same attack found them. */
export function BugsPanel({ report }: { report: AuditReport }) {
  const t = useTranslations('privacyAudit');
  const locale = useLocale();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const columns: Column<PlantedBugResult>[] = [
    { key: 'bug', heading: t('bug'), title: true, cell: ({ bug }) => t(`bugs.${bug}`) },
    {
      key: 'claimed',
      heading: t('claimed'),
      figures: true,
      cell: ({ claimed }) => <Rho rho={String(claimed.rho)} />,
    },
    {
      key: 'proved',
      heading: t('proved'),
      figures: true,
      cell: ({ measured }) => <Rho rho={String(measured.rho)} />,
    },
    {
      key: 'samples',
      heading: t('samples'),
      figures: true,
      cell: ({ samplesPerSide }) => count(2 * samplesPerSide),
    },
    {
      key: 'caught',
      heading: t('verdict'),
      cell: ({ caught }) => (
        <StateBadge tone={caught ? 'ok' : 'danger'}>{t(caught ? 'caught' : 'missed')}</StateBadge>
      ),
    },
  ];
  return (
    <Panel title={t('bugsTitle')} flush>
      <p className="px-4 pt-3 pb-2 text-muted text-sm">{t('bugsText')}</p>
      <ScrollArea label={t('bugsTitle')}>
        <SimpleTable
          caption={t('bugsTitle')}
          columns={columns}
          rows={report.plantedBugs}
          rowKey={({ bug }) => bug}
        />
      </ScrollArea>
    </Panel>
  );
}
