import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AuditEvent } from '#lib/audit-log/events';
import type { Names } from '#lib/audit-rows/names-in';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { type Change, changesOf } from './changes-of.ts';
import { useChangeValue } from './use-change-value.tsx';

type Props = { event: AuditEvent; names: Names };

/** Before and after in two columns; what stayed as it was is quiet. */
export function ChangesTable({ event, names }: Props) {
  const t = useTranslations('audit.row');
  const show = useChangeValue(event, names);
  const value = ({ before, after, field }: Change, which: 'before' | 'after'): ReactNode => {
    const changed = before !== after;
    return (
      <span className={changed ? (which === 'after' ? 'font-medium' : '') : 'text-muted'}>
        {changed && which === 'after' ? (
          <ArrowRight aria-hidden className="mr-1 inline size-3.5 text-info" />
        ) : null}
        {show(field, which === 'before' ? before : after)}
      </span>
    );
  };
  return (
    <SimpleTable
      caption={t('changes')}
      rows={changesOf(event)}
      rowKey={({ field }) => field}
      columns={[
        { key: 'field', heading: t('field'), title: true, cell: ({ field }) => t(`fields.${field}`) },
        { key: 'before', heading: t('before'), cell: (change) => value(change, 'before') },
        { key: 'after', heading: t('after'), cell: (change) => value(change, 'after') },
      ]}
    />
  );
}
