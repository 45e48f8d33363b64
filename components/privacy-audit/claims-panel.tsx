import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AuditedMechanism, AuditReport } from '#lib/privacy/audit/report';
import type { Column } from '../ui/data-table/columns.ts';
import { ScrollArea } from '../ui/data-table/scroll-area.tsx';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { StateBadge } from '../ui/state.tsx';
import { ProvedBar } from './proved-bar.tsx';

/** Each mechanism with what it was charged beside what the attack proved of it. */
export function ClaimsPanel({ report }: { report: AuditReport }) {
  const t = useTranslations('privacyAudit');
  const locale = useLocale();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const columns: Column<AuditedMechanism>[] = [
    { key: 'subject', heading: t('subject'), title: true, cell: ({ subject }) => t(`subjects.${subject}`) },
    {
      key: 'claimed',
      heading: t('claimed'),
      figures: true,
      cell: ({ claimed }) => (
        <Pair rho={claimed.rho}>
          <Epsilon epsilon={claimed.epsilon} delta={report.delta} />
        </Pair>
      ),
    },
    {
      key: 'proved',
      heading: t('proved'),
      figures: true,
      cell: ({ measured }) => (
        <Pair rho={measured.rho}>
          <Epsilon epsilon={measured.epsilon} delta={report.delta} />
        </Pair>
      ),
    },
    {
      key: 'share',
      heading: t('share'),
      figures: true,
      cell: ({ measured, claimed }) => <ProvedBar proved={measured.rho} claimed={claimed.rho} />,
    },
    {
      key: 'samples',
      heading: t('samples'),
      figures: true,
      cell: ({ samplesPerSide }) => count(2 * samplesPerSide),
    },
    {
      key: 'verdict',
      heading: t('verdict'),
      cell: ({ verdict }) => (
        <StateBadge tone={verdict === 'refuted' ? 'danger' : 'ok'}>{t(`verdicts.${verdict}`)}</StateBadge>
      ),
    },
  ];
  return (
    <Panel title={t('claimsTitle')} flush>
      <p className="px-4 pt-3 pb-2 text-muted text-sm">{t('claimsText')}</p>
      <ScrollArea label={t('claimsTitle')}>
        <SimpleTable
          caption={t('claimsTitle')}
          columns={columns}
          rows={report.mechanisms}
          rowKey={({ subject }) => subject}
        />
      </ScrollArea>
    </Panel>
  );
}

function Pair({ rho, children }: { rho: number; children: ReactNode }) {
  return (
    <span className="inline-flex flex-col items-end">
      <Rho rho={String(rho)} />
      <span className="text-muted text-xs">{children}</span>
    </span>
  );
}
