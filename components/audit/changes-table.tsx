import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AuditEvent } from '#lib/audit-log/events';
import type { Names } from '#lib/audit-rows/names-in';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { type Change, changesOf } from './changes-of.ts';
import { useChangeValue } from './use-change-value.tsx';

type Props = { event: AuditEvent; names: Names };

/** Before and after in two columns, of what is another than it was. */
export function ChangesTable({ event, names }: Props) {
  const t = useTranslations('audit.row');
  const show = useChangeValue(event, names);
  const after = (change: Change): ReactNode => (
    <span className="font-medium">
      <ArrowRight aria-hidden className="mr-1 inline size-3.5 text-info" />
      {show(change.field, change.after)}
    </span>
  );
  return (
    <SimpleTable
      caption={t('changes')}
      rows={changesOf(event)}
      rowKey={({ field }) => field}
      columns={[
        { key: 'field', heading: t('field'), title: true, cell: ({ field }) => t(`fields.${field}`) },
        { key: 'before', heading: t('before'), cell: ({ field, before }) => show(field, before) },
        { key: 'after', heading: t('after'), cell: after },
      ]}
    />
  );
}
