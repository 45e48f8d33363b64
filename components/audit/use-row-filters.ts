import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { AuditFilters } from '#lib/audit-rows/audit-filters';
import { shorten } from '#lib/i18n/quantities';
import type { TableFilter } from '../ui/data-table/columns.ts';

/** What rows can be narrowed by beside their columns. What they are about comes with a link and is only there to drop. */
export function useRowFilters({ accounts }: AuditFilters): TableFilter[] {
  const t = useTranslations('audit.rows');
  const kinds = useTranslations('accountKinds');
  const subjects = useSearchParams().get('subject')?.split(',').filter(Boolean) ?? [];
  const options = accounts.map(({ id, name, kind, period }) => ({
    value: id,
    label: t('accountOption', { name, kind: kinds(kind), period }),
  }));
  return [
    { key: 'account', label: t('account'), options },
    ...(subjects.length > 0
      ? [
          {
            key: 'subject',
            label: t('subject'),
            options: subjects.map((id) => ({ value: id, label: shorten(id, 8, 4) })),
          },
        ]
      : []),
  ];
}
