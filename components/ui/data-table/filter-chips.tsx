'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { isNarrowed } from '#lib/tables/table-query';
import { Button } from '../button.tsx';
import type { TableFilter } from './columns.ts';
import type { TableAddress } from './use-table-address.ts';

/** What the rows are narrowed by, each with a way to drop it. */
export function FilterChips({ filters, address }: { filters: TableFilter[]; address: TableAddress }) {
  const t = useTranslations('table');
  const { query, change } = address;
  if (!isNarrowed(query)) return null;
  const chips = filters.flatMap(({ key, label, options }) =>
    (query.filters[key] ?? []).map((value) => ({
      key,
      value,
      text: `${label}: ${options.find((option) => option.value === value)?.label ?? value}`,
    })),
  );
  const without = (key: string, value: string) => ({
    ...query.filters,
    [key]: query.filters[key]!.filter((other) => other !== value),
  });
  return (
    <ul aria-label={t('narrowedBy')} className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
      {query.search ? (
        <Chip text={t('searched', { text: query.search })} onDrop={() => change({ search: '' })} />
      ) : null}
      {chips.map(({ key, value, text }) => (
        <Chip key={`${key} ${value}`} text={text} onDrop={() => change({ filters: without(key, value) })} />
      ))}
      <li>
        <Button variant="quiet" size="sm" onClick={() => clearAll(address)}>
          {t('clearAll')}
        </Button>
      </li>
    </ul>
  );
}

/** Shows all rows again. */
export function clearAll({ query, change }: TableAddress): void {
  change({ search: '', filters: Object.fromEntries(Object.keys(query.filters).map((key) => [key, []])) });
}

function Chip({ text, onDrop }: { text: string; onDrop: () => void }) {
  const t = useTranslations('table');
  return (
    <li className="inline-flex h-8 max-w-full items-center gap-1 rounded-full border bg-sunken pr-1 pl-3 text-sm">
      <span className="truncate">{text}</span>
      <Button variant="quiet" size="iconSm" aria-label={t('drop', { text })} onClick={onDrop}>
        <X aria-hidden />
      </Button>
    </li>
  );
}
