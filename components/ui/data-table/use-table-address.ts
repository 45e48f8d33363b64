'use client';

import { debounce, parseAsString, useQueryStates } from 'nuqs';
import { useTransition } from 'react';
import { parseTableQuery, type TableQuery, toParams } from '#lib/tables/table-query';
import { paramName, paramsOf, type TableShape } from '#lib/tables/table-shape';

const SEARCH_PAUSE_MS = 300;

export type TableAddress = {
  query: TableQuery;
  /** What stands in the search box, spaces and all. */
  searchText: string;
  /** The server is asked for other rows; those in view are of before. */
  isPending: boolean;
  /** Changes what is shown. The list starts anew, unless a page is what changes. */
  change: (
    change: Partial<TableQuery>,
    options?: { keepsPage?: boolean; history?: 'push' | 'replace' },
  ) => void;
  search: (text: string) => void;
};

/** The table's state, which is its part of the address. With `server`, rows are asked for again at every change. */
export function useTableAddress(shape: TableShape, server: boolean): TableAddress {
  const [isPending, startTransition] = useTransition();
  const [, startBeside] = useTransition();
  const names = paramsOf(shape).map((name) => paramName(shape, name));
  const [raw, setRaw] = useQueryStates(Object.fromEntries(names.map((name) => [name, parseAsString])), {
    shallow: !server,
    ...(server ? { startTransition } : {}),
  });
  const query = parseTableQuery(shape, raw);
  const after = paramName(shape, 'after');
  const q = paramName(shape, 'q');
  return {
    query,
    searchText: raw[q] ?? '',
    isPending,
    change(change, { keepsPage = false, history = 'replace' } = {}) {
      const page = keepsPage ? {} : { after: null };
      const params = toParams(shape, { ...query, ...page, ...change });
      // What is being typed is not trimmed under the typing hand.
      if (!('search' in change)) delete params[q];
      // Which row is open changes nothing about the rows: they are not stale meanwhile.
      const beside = keepsPage && !('after' in change);
      void setRaw(params, {
        history,
        ...(server ? { startTransition: beside ? startBeside : startTransition } : {}),
      });
    },
    search(text) {
      const options = server && text ? { limitUrlUpdates: debounce(SEARCH_PAUSE_MS) } : {};
      void setRaw({ [q]: text || null, [after]: null }, options);
    },
  };
}
