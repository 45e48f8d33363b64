import { Timer } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { formatShare } from '#lib/i18n/quantities';
import {
  answeredShareOf,
  errorRateOf,
  SERVICE_TARGETS,
  type ServiceLevels,
} from '#lib/overview/service-levels';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';

/** `met` is null where there is no target. */
type Row = { key: string; level: string; measured: string; target: string; met: boolean | null };

/** What private questions met with in the range, beside what the product aims at. */
export function ServiceLevelsPanel({ levels }: { levels: ServiceLevels }) {
  const t = useTranslations('overview.levels');
  const columns: Column<Row>[] = [
    { key: 'level', heading: t('level'), title: true, cell: (row) => row.level },
    { key: 'measured', heading: t('measured'), figures: true, cell: (row) => row.measured },
    { key: 'target', heading: t('target'), figures: true, cell: (row) => row.target },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) =>
        row.met === null ? (
          <span className="text-muted">–</span>
        ) : (
          <StateBadge tone={row.met ? 'ok' : 'attention'}>{t(row.met ? 'met' : 'missed')}</StateBadge>
        ),
    },
  ];
  const rows = useRows(levels);
  return (
    <Panel title={<span id="levels">{t('title')}</span>} flush>
      {rows.length === 0 ? (
        <Empty icon={Timer} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      ) : (
        <>
          <SimpleTable caption={t('title')} columns={columns} rows={rows} rowKey={(row) => row.key} />
          <p className="border-t px-4 py-3 text-muted text-sm">{t('method', { count: levels.answered })}</p>
        </>
      )}
    </Panel>
  );
}

function useRows(levels: ServiceLevels): Row[] {
  const t = useTranslations('overview.levels');
  const locale = useLocale();
  const rate = errorRateOf(levels);
  const share = answeredShareOf(levels);
  if (share === null) return [];
  const ms = (value: number) => t('ms', { value });
  const time = (name: 'p50Ms' | 'p95Ms' | 'p99Ms'): Row => {
    const value = levels[name];
    const target = SERVICE_TARGETS[name];
    return {
      key: name,
      level: t(name),
      measured: value === null ? '–' : ms(value),
      target: t('below', { value: ms(target) }),
      met: value === null ? null : value < target,
    };
  };
  const target = formatShare(SERVICE_TARGETS.errorRate, locale);
  return [
    time('p50Ms'),
    time('p95Ms'),
    time('p99Ms'),
    {
      key: 'errors',
      level: t('errorRate'),
      measured: rate === null ? '–' : formatShare(rate, locale),
      target: t('below', { value: target }),
      met: rate === null ? null : rate < SERVICE_TARGETS.errorRate,
    },
    { key: 'answered', level: t('answered'), measured: formatShare(share, locale), target: '–', met: null },
  ];
}
