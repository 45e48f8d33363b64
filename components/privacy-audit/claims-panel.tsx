import { useTranslations } from 'next-intl';
import { judgeClaim, type LineVerdict } from '#lib/privacy/audit/judge-report';
import type { AuditedMechanism, AuditReport } from '#lib/privacy/audit/report';
import type { Column } from '../ui/data-table/columns.ts';
import { ScrollArea } from '../ui/data-table/scroll-area.tsx';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge, type Tone } from '../ui/state.tsx';
import { ProvedBar } from './proved-bar.tsx';
import { useMeasurementColumns } from './use-measurement-columns.tsx';

const TONES: Record<LineVerdict, Tone> = {
  not_refuted: 'ok',
  refuted: 'danger',
  too_few_samples: 'neutral',
};

/** Each mechanism with what it was charged beside what the attack proved of it. */
export function ClaimsPanel({ report }: { report: AuditReport }) {
  const t = useTranslations('privacyAudit');
  const { claimed, proved, samples } = useMeasurementColumns<AuditedMechanism>(report.delta);
  const columns: Column<AuditedMechanism>[] = [
    {
      key: 'subject',
      heading: t('subject'),
      title: true,
      // Wide enough for two lines: the figures beside it do not wrap.
      cell: ({ subject }) => <span className="block md:min-w-32">{t(`subjects.${subject}`)}</span>,
    },
    claimed,
    proved,
    {
      key: 'share',
      heading: t('share'),
      figures: true,
      cell: (line) => <ProvedBar proved={line.measured.rho} claimed={line.claimed.rho} />,
    },
    samples,
    {
      key: 'verdict',
      heading: t('verdict'),
      cell: (line) => {
        const verdict = judgeClaim(line, report.error);
        return <StateBadge tone={TONES[verdict]}>{t(`verdicts.${verdict}`)}</StateBadge>;
      },
    },
  ];
  return (
    <Panel title={t('claimsTitle')} flush>
      <p className="px-4 pt-3 pb-2 text-muted text-sm">{t('claimsText')}</p>
      {report.mechanisms.length === 0 ? (
        <p className="px-4 pb-4 text-sm">{t('noClaims')}</p>
      ) : (
        <ScrollArea label={t('claimsTitle')}>
          <SimpleTable
            caption={t('claimsTitle')}
            columns={columns}
            rows={report.mechanisms}
            rowKey={({ subject }) => subject}
          />
        </ScrollArea>
      )}
    </Panel>
  );
}
