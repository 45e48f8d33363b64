'use client';

import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isNarrowed } from '#lib/tables/table-query';
import type { FilterValues, TableShape } from '#lib/tables/table-shape';
import { Button } from '../button.tsx';
import { cn } from '../cn.ts';
import { Empty } from '../empty.tsx';
import type { Column, TableFilter } from './columns.ts';
import { DataRow } from './data-row.tsx';
import { ExportButton } from './export-button.tsx';
import { clearAll, FilterChips } from './filter-chips.tsx';
import { type Peek, RowPeek } from './row-peek.tsx';
import { ScrollArea } from './scroll-area.tsx';
import { SortHeading } from './sort-heading.tsx';
import { TablePager } from './table-pager.tsx';
import { HeadCell, Heading, TableFrame } from './table-parts.tsx';
import { Toolbar } from './toolbar.tsx';
import { useTableAddress } from './use-table-address.ts';
import { useTableModel } from './use-table-model.ts';

type Props<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  shape: TableShape<string, FilterValues>;
  /**
   * Rows are one page of what the server has, filtered and ordered there; `exportHref` is a route that writes them all.
   * Without it, `rows` are all there are, and the browser filters and orders them.
   */
  server?: { next: string | null; exportHref?: string };
  /** Where a row's own page is: its title links there. Null for a row that has none for this person. */
  rowHref?: (row: Row) => string | null;
  peek?: Peek<Row>;
  /** Names the search box; without it nothing can be searched. */
  searchLabel?: string;
  /** Filters that belong to no column; only a server can apply them. */
  filters?: TableFilter[];
  /** Offers what is in the browser as a file of this name. */
  exportName?: string;
  /** Stands where there are no rows at all. */
  empty: ReactNode;
  /** Further actions, at the toolbar's end. */
  actions?: ReactNode;
};

/**
 * The one table. Its state is its part of the address (`shape`), so that every view of it is a link: order, search,
 * filters, columns, page, the row that is open in the peek panel. A page that is a server component reads the same with
 * `parseTableQuery(shape, await searchParams)`.
 */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, shape, server, rowHref, peek, exportName } = props;
  const t = useTranslations('table');
  const address = useTableAddress(shape, server !== undefined);
  const { query, change, isPending } = address;
  const table = useTableModel({ columns, rows, rowKey, shape, query, server: server !== undefined });
  const shown = table.getRowModel().rows.map((row) => row.original);
  const visible = columns
    .filter((column) => table.getColumn(column.key)?.getIsVisible())
    // Whoever has chosen columns gets them, with whatever room there is.
    .map((column) => (query.hidden && column.roomy ? { ...column, roomy: false } : column));
  const filters = [...columns.flatMap(toFilter), ...(props.filters ?? [])];
  const narrowed = isNarrowed(query);
  const onPeek = (row: Row) => () =>
    change({ peek: rowKey(row) }, { keepsPage: true, history: query.peek ? 'replace' : 'push' });
  return (
    <div>
      {rows.length > 0 || narrowed ? (
        <Toolbar
          columns={columns}
          filters={filters}
          shape={shape}
          address={address}
          server={server !== undefined}
          searchLabel={props.searchLabel}
        >
          {server?.exportHref || exportName ? (
            <ExportButton
              href={server?.exportHref ?? null}
              fileName={exportName ?? 'export'}
              columns={columns}
              rows={shown}
              shape={shape}
              address={address}
            />
          ) : null}
          {props.actions}
        </Toolbar>
      ) : null}
      <FilterChips filters={filters} address={address} />
      <p role="status" className="sr-only">
        {isPending ? t('loading') : t('count', { count: shown.length })}
      </p>
      {shown.length > 0 ? (
        <ScrollArea label={caption} className={cn('transition-opacity', isPending && 'opacity-60')}>
          <TableFrame
            caption={caption}
            head={visible.map((column) => (
              <HeadCell
                key={column.key}
                figures={column.figures}
                roomy={column.roomy}
                {...orderOf(column.key, shape, query.sort)}
              >
                {shape.sorts.includes(column.key) ? (
                  <SortHeading column={column} address={address} />
                ) : (
                  <Heading column={column} />
                )}
              </HeadCell>
            ))}
          >
            {shown.map((row) => (
              <DataRow
                key={rowKey(row)}
                row={row}
                columns={visible}
                href={rowHref?.(row) ?? null}
                isOpen={rowKey(row) === query.peek}
                onPeek={peek ? onPeek(row) : null}
              />
            ))}
          </TableFrame>
        </ScrollArea>
      ) : narrowed ? (
        <Empty
          icon={SearchX}
          title={t('noMatch')}
          actions={<Button onClick={() => clearAll(address)}>{t('clearAll')}</Button>}
        >
          {t('noMatchText')}
        </Empty>
      ) : (
        props.empty
      )}
      {server ? <TablePager caption={caption} next={server.next} shape={shape} address={address} /> : null}
      {peek ? <RowPeek peek={peek} rows={shown} rowKey={rowKey} rowHref={rowHref} address={address} /> : null}
    </div>
  );
}

function toFilter<Row>({ key, heading, filter }: Column<Row>): TableFilter[] {
  return filter ? [{ key, label: heading, options: filter.options, single: filter.single ?? false }] : [];
}

function orderOf(key: string, shape: TableShape, sort: { key: string; descending: boolean }) {
  if (!shape.sorts.includes(key)) return {};
  if (sort.key !== key) return { 'aria-sort': 'none' } as const;
  return { 'aria-sort': sort.descending ? 'descending' : 'ascending' } as const;
}
