'use client';

import type { ReactNode } from 'react';
import type { TableShape } from '#lib/tables/table-shape';
import type { Column, TableFilter } from './columns.ts';
import { FilterMenu } from './filter-menu.tsx';
import { SearchBox } from './search-box.tsx';
import type { TableAddress } from './use-table-address.ts';
import { ViewMenu } from './view-menu.tsx';

type Props = {
  columns: Column<never>[];
  filters: TableFilter[];
  shape: TableShape;
  address: TableAddress;
  server: boolean;
  searchLabel: string | undefined;
  /** What is done with the rows as a whole. */
  children: ReactNode;
};

/** What narrows and arranges the table. */
export function Toolbar({ columns, filters, shape, address, server, searchLabel, children }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b p-3">
      {searchLabel ? <SearchBox label={searchLabel} address={address} /> : null}
      {filters.map((filter) => (
        <FilterMenu key={filter.key} filter={filter} address={address} />
      ))}
      <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
        <ViewMenu columns={columns} shape={shape} address={address} server={server} />
        {children}
      </div>
    </div>
  );
}
