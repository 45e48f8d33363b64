'use client';

import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { csvText } from '#lib/tables/csv';
import { exportSearch } from '#lib/tables/table-query';
import type { TableShape } from '#lib/tables/table-shape';
import { RANGE_PARAMS } from '#lib/time/range-presets';
import { Button, buttonStyles } from '../button.tsx';
import type { Column } from './columns.ts';
import type { TableAddress } from './use-table-address.ts';

type Props<Row> = {
  /** A route that writes all rows of the query, or nothing where they are in the browser. */
  href: string | null;
  /** Without its ending. */
  fileName: string;
  columns: Column<Row>[];
  rows: Row[];
  shape: TableShape;
  address: TableAddress;
};

/** All rows that are filtered and searched for, in the order shown, as a file. */
export function ExportButton<Row>({ href, fileName, columns, rows, shape, address }: Props<Row>) {
  const t = useTranslations('table');
  const page = useSearchParams();
  const content = (
    <>
      <Download aria-hidden />
      {t('export')}
    </>
  );
  if (href) {
    const params = new URLSearchParams(exportSearch(shape, address.query));
    // The page's time range narrows its tables too; a route without one does not look at it.
    for (const name of RANGE_PARAMS) if (page.has(name)) params.set(name, page.get(name) ?? '');
    const search = params.toString();
    return (
      <a href={search ? `${href}?${search}` : href} download className={buttonStyles({ size: 'sm' })}>
        {content}
      </a>
    );
  }
  function download() {
    const exported = columns.filter((column) => column.csv ?? column.value);
    const text = csvText(
      exported.map((column) => column.heading),
      rows.map((row) => exported.map((column) => (column.csv ?? column.value)!(row))),
    );
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    Object.assign(document.createElement('a'), { href: url, download: `${fileName}.csv` }).click();
    // The download has its own hold on it by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
  return (
    <Button size="sm" onClick={download}>
      {content}
    </Button>
  );
}
