'use client';

import { type ColumnDef, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { TableQuery } from '#lib/tables/table-query';
import type { TableShape } from '#lib/tables/table-shape';
import type { Column } from './columns.ts';
import { compare } from './compare.ts';
import { type Features, features } from './features.ts';

type Options<Row> = {
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  shape: TableShape;
  query: TableQuery;
  server: boolean;
};

/** The table's model: which columns and rows are in view, and in which order. The server may have done the latter. */
export function useTableModel<Row extends object>(options: Options<Row>) {
  const { columns, rows, rowKey, shape, query, server } = options;
  const defs = useMemo(() => columns.map((column) => toDef(column, shape)), [columns, shape]);
  const hidden = query.hidden ?? columns.filter((column) => column.hidden).map((column) => column.key);
  return useTable<Features, Row>({
    features,
    columns: defs,
    data: rows,
    getRowId: rowKey,
    manualSorting: server,
    manualFiltering: server,
    globalFilterFn: (row, key, text) => searchable(row.getValue(key)).includes(String(text).toLowerCase()),
    getColumnCanGlobalFilter: (column) => columns.some(({ key, value }) => key === column.id && value),
    state: {
      sorting: [{ id: query.sort.key, desc: query.sort.descending }],
      columnVisibility: Object.fromEntries(hidden.map((key) => [key, false])),
      globalFilter: query.search || undefined,
      columnFilters: Object.entries(query.filters)
        .filter(([, values]) => values.length > 0)
        .map(([id, value]) => ({ id, value })),
    },
  });
}

function toDef<Row extends object>(column: Column<Row>, shape: TableShape): ColumnDef<Features, Row> {
  const { key, heading, cell, value, filter } = column;
  return {
    id: key,
    header: heading,
    accessorFn: (row) => value?.(row) ?? undefined,
    cell: (context) => cell(context.row.original),
    enableSorting: shape.sorts.includes(key),
    enableHiding: column.hideable ?? !column.title,
    sortUndefined: 'last',
    sortFn: (left, right) => compare(left.getValue(key), right.getValue(key)),
    filterFn: (row, _, wanted: string[]) => {
      const own = filter?.of?.(row.original) ?? String(row.getValue(key) ?? '');
      return [own].flat().some((one) => wanted.includes(one));
    },
  };
}

function searchable(value: unknown): string {
  return value instanceof Date ? value.toISOString().toLowerCase() : String(value ?? '').toLowerCase();
}
