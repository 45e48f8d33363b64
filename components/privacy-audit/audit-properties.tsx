import { useLocale, useTranslations } from 'next-intl';
import type { AuditReport } from '#lib/privacy/audit/report';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

type Props = { report: AuditReport; source: 'own' | 'shipped' };

/** When and how the report was made, and how to make it again. */
export function AuditProperties({ report, source }: Props) {
  const t = useTranslations('privacyAudit.how');
  const locale = useLocale();
  const minutes = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  });
  return (
    <>
      <Panel title={t('title')}>
        <Properties
          items={[
            { name: t('at'), value: <Time short at={report.startedAt} /> },
            { name: t('took'), value: minutes.format(Math.max(1, report.durationS / 60)) },
            { name: t('source'), value: t(`sources.${source}`) },
            { name: t('version'), value: report.version },
            ...(report.commit === null
              ? []
              : [{ name: t('commit'), value: <code className="text-xs">{report.commit}</code> }]),
            {
              name: t('federation'),
              value: t('size', { hospitals: report.hospitals, shards: report.shards }),
            },
            { name: t('error'), value: t('errorValue', { oneIn: Math.round(1 / report.error) }) },
          ]}
        />
      </Panel>
      <Panel title={t('again')}>
        <div className="flex flex-col gap-2 text-sm">
          <p className="text-muted">{t('againText')}</p>
          {(['npm run audit', 'npm run audit -- --long'] as const).map((command) => (
            <div key={command} className="flex items-center justify-between gap-2">
              <code className="text-xs">{command}</code>
              <CopyButton value={command} what={t('command')} />
            </div>
          ))}
        </div>
      </Panel>
    </>
  );
}
