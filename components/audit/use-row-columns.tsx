import { useLocale, useTranslations } from 'next-intl';
import { EVENT_TYPES } from '#lib/audit-rows/event-types';
import type { Names } from '#lib/audit-rows/names-in';
import type { LoggedRow } from '#lib/audit-rows/read-rows';
import { BY_PRODUCT } from '#lib/audit-rows/row-table';
import type { Column, FilterOption } from '../ui/data-table/columns.ts';
import { Time } from '../ui/time.tsx';
import { ActorName } from './actor-name.tsx';
import { RowMark } from './row-mark.tsx';
import { useLeafSentence } from './use-leaf-sentence.ts';
import type { Checks } from './use-row-checks.ts';
import { useTypeWords } from './use-type-words.ts';

type Options = { names: Names; checks: Checks; people: readonly FilterOption[] };

export function useRowColumns({ names, checks, people }: Options): Column<LoggedRow>[] {
  const t = useTranslations('audit.rows');
  const actors = useTranslations('audit.who');
  const typeWord = useTypeWords();
  const sentence = useLeafSentence();
  const format = new Intl.NumberFormat(useLocale());
  return [
    { key: 'at', heading: t('when'), cell: (row) => <Time short at={row.at} /> },
    { key: 'what', heading: t('what'), title: true, cell: (row) => sentence(row, names) },
    {
      key: 'type',
      heading: t('type'),
      hidden: true,
      cell: (row) => typeWord(row.type),
      filter: { options: EVENT_TYPES.map((type) => ({ value: type, label: typeWord(type) })) },
    },
    {
      key: 'actor',
      heading: t('who'),
      cell: (row) => <ActorName actor={row.actor} names={names} />,
      filter: { options: [{ value: BY_PRODUCT, label: actors('product') }, ...people] },
    },
    {
      key: 'index',
      heading: t('index'),
      figures: true,
      cell: (row) => format.format(BigInt(row.index)),
    },
    {
      key: 'check',
      heading: t('check'),
      term: 'inclusionProof',
      cell: (row) => <RowMark result={checks.get(row.index)} />,
    },
  ];
}
