import { useTranslations } from 'next-intl';
import { isCaught, isWithoutApi } from '#lib/privacy/audit/judge-report';
import type { AuditReport, PlantedBugResult } from '#lib/privacy/audit/report';
import type { Column } from '../ui/data-table/columns.ts';
import { ScrollArea } from '../ui/data-table/scroll-area.tsx';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';
import { useMeasurementColumns } from './use-measurement-columns.tsx';

/** The mistakes that were made on purpose, and whether the same attack found them. */
export function BugsPanel({ report }: { report: AuditReport }) {
  const t = useTranslations('privacyAudit');
  const { claimed, proved, samples } = useMeasurementColumns<PlantedBugResult>(report.delta);
  const columns: Column<PlantedBugResult>[] = [
    {
      key: 'bug',
      heading: t('bug'),
      title: true,
      cell: (line) => (
        <span className="block md:min-w-44">
          {t(`bugs.${line.bug}`)}
          {isWithoutApi(line) ? (
            <span className="block font-normal text-muted text-xs">{t('withoutApi')}</span>
          ) : null}
        </span>
      ),
    },
    claimed,
    proved,
    samples,
    {
      key: 'caught',
      heading: t('verdict'),
      cell: (line) => {
        const caught = isCaught(line);
        return <StateBadge tone={caught ? 'ok' : 'danger'}>{t(caught ? 'caught' : 'missed')}</StateBadge>;
      },
    },
  ];
  return (
    <Panel title={t('bugsTitle')} flush>
      <p className="px-4 pt-3 pb-2 text-muted text-sm">{t('bugsText')}</p>
      {report.plantedBugs.length === 0 ? (
        <p className="px-4 pb-4 text-sm">{t('noBugs')}</p>
      ) : (
        <ScrollArea label={t('bugsTitle')}>
          <SimpleTable
            caption={t('bugsTitle')}
            columns={columns}
            rows={report.plantedBugs}
            rowKey={({ bug }) => bug}
          />
        </ScrollArea>
      )}
    </Panel>
  );
}
