'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { TableShape } from '#lib/tables/table-shape';
import { Menu } from '../menu.tsx';
import type { Column } from './columns.ts';
import type { TableAddress } from './use-table-address.ts';

type Props = { columns: Column<never>[]; shape: TableShape; address: TableAddress; server: boolean };

/** How the table is shown: its order (the only place for it on a phone), columns and rows of a page. */
export function ViewMenu({ columns, shape, address, server }: Props) {
  const t = useTranslations('table');
  const { query, change } = address;
  const hidden = query.hidden ?? columns.filter((column) => column.hidden).map((column) => column.key);
  const sortable = columns.filter((column) => shape.sorts.includes(column.key));
  const hideable = columns.filter((column) => column.hideable ?? !column.title);
  return (
    <Menu
      words
      label={t('view')}
      trigger={
        <>
          <SlidersHorizontal aria-hidden />
          {t('view')}
        </>
      }
    >
      {({ MenuCheck, MenuChoice, MenuGroup }) => (
        <>
          {sortable.length > 0 ? (
            <MenuGroup heading={t('sortBy')}>
              <MenuChoice
                value={query.sort.key}
                onChange={(key) => change({ sort: { ...query.sort, key } })}
                options={sortable.map(({ key, heading }) => ({ value: key, label: heading }))}
              />
              <MenuCheck
                checked={query.sort.descending}
                onChange={(descending) => change({ sort: { ...query.sort, descending } })}
              >
                {t('descending')}
              </MenuCheck>
            </MenuGroup>
          ) : null}
          {hideable.length > 0 ? (
            <MenuGroup heading={t('columns')}>
              {hideable.map(({ key, heading }) => (
                <MenuCheck
                  key={key}
                  checked={!hidden.includes(key)}
                  onChange={(shown) =>
                    change(
                      { hidden: shown ? hidden.filter((other) => other !== key) : [...hidden, key] },
                      { keepsPage: true },
                    )
                  }
                >
                  {heading}
                </MenuCheck>
              ))}
            </MenuGroup>
          ) : null}
          {server ? (
            <MenuGroup heading={t('rowsOfPage')}>
              <MenuChoice
                value={String(query.size)}
                onChange={(size) => change({ size: Number(size) })}
                options={shape.sizes.map((size) => ({ value: String(size), label: String(size) }))}
              />
            </MenuGroup>
          ) : null}
        </>
      )}
    </Menu>
  );
}
