// biome-ignore-all lint/a11y/noRedundantRoles: browsers drop a table's roles where its display is changed
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type Column<Row> = {
  key: string;
  heading: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures stand under each other. */
  figures?: boolean;
  /** The one that names the row; on a phone it becomes the card's title. */
  title?: boolean;
};

type Props<Row> = { caption: string; columns: Column<Row>[]; rows: Row[]; rowKey: (row: Row) => string };

/** A table that becomes a list of cards where the screen is narrow. Roles are named, for `display` takes them away. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: Props<Row>) {
  return (
    <table role="table" className="block w-full text-sm md:table">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <tr role="row" className="border-b text-left text-muted text-xs">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className={cn('px-4 py-2 font-medium whitespace-nowrap', column.figures && 'text-right')}
            >
              {column.heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block md:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className="block border-b px-4 py-3 last:border-b-0 hover:bg-sunken md:table-row md:p-0"
          >
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                className={cn(
                  'flex items-baseline justify-between gap-4 py-0.5 md:table-cell md:px-4 md:py-2.5 md:align-middle',
                  column.figures && 'md:text-right',
                  column.title && 'font-medium',
                )}
              >
                <span
                  aria-hidden
                  className={cn('text-muted text-xs font-normal md:hidden', column.title && 'hidden')}
                >
                  {column.heading}
                </span>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
