import { useTranslations } from 'next-intl';
import type { Names } from '#lib/audit-rows/names-in';
import { Panel } from '../ui/panel.tsx';
import { changesOf } from './changes-of.ts';
import { ChangesTable } from './changes-table.tsx';
import { readLeaf } from './read-leaf.ts';

/** Before and after, for entries that have both. */
export function ChangesPanel({ entry, names }: { entry: string; names: Names }) {
  const t = useTranslations('audit.row');
  const event = readLeaf(entry);
  if (!event || changesOf(event).length === 0) return null;
  return (
    <Panel title={t('changes')} flush>
      <ChangesTable event={event} names={names} />
    </Panel>
  );
}
