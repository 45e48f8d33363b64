import { useTranslations } from 'next-intl';
import { Properties } from '../ui/panel.tsx';
import { Notice } from '../ui/state.tsx';
import { SAMPLE_ROWS } from './samples.ts';

/** What the page on the server puts into the peek panel. */
export function PeekSample({ id }: { id: string }) {
  const t = useTranslations('design.samples');
  const row = SAMPLE_ROWS.find((candidate) => candidate.id === id);
  if (!row) return <Notice tone="attention" title={t('gone')} />;
  return (
    <Properties
      items={[
        { name: t('name'), value: row.name },
        { name: t('region'), value: row.region },
        { name: t('records'), value: row.records.toLocaleString('en') },
      ]}
    />
  );
}
