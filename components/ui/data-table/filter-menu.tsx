'use client';

import { ListFilter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu } from '../menu.tsx';
import type { TableFilter } from './columns.ts';
import type { TableAddress } from './use-table-address.ts';

const ALL = '';

/** One filter as a menu of its values; how many are chosen stands on its button. */
export function FilterMenu({ filter, address }: { filter: TableFilter; address: TableAddress }) {
  const t = useTranslations('table');
  const { filters } = address.query;
  const chosen = filters[filter.key] ?? [];
  const choose = (values: string[]) => address.change({ filters: { ...filters, [filter.key]: values } });
  return (
    <Menu
      words
      label={filter.label}
      trigger={
        <>
          <ListFilter aria-hidden />
          {chosen.length > 0 ? t('filterCount', { label: filter.label, count: chosen.length }) : filter.label}
        </>
      }
    >
      {({ MenuCheck, MenuChoice }) =>
        filter.single ? (
          <MenuChoice
            value={chosen[0] ?? ALL}
            onChange={(value) => choose(value === ALL ? [] : [value])}
            options={[{ value: ALL, label: t('all') }, ...filter.options]}
          />
        ) : (
          filter.options.map(({ value, label }) => (
            <MenuCheck
              key={value}
              checked={chosen.includes(value)}
              onChange={(on) => choose(on ? [...chosen, value] : chosen.filter((other) => other !== value))}
            >
              {label}
            </MenuCheck>
          ))
        )
      }
    </Menu>
  );
}
