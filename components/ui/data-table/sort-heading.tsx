'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cn } from '../cn.ts';
import { Term } from '../term.tsx';
import type { Column } from './columns.ts';
import type { TableAddress } from './use-table-address.ts';

type Props = { column: Pick<Column<never>, 'key' | 'heading' | 'figures' | 'term'>; address: TableAddress };

/** A heading that orders the table by its column; figures largest first. A second press turns the order round. */
export function SortHeading({ column, address }: Props) {
  const { sort } = address.query;
  const sorted = sort.key === column.key;
  const Icon = sorted ? (sort.descending ? ArrowDown : ArrowUp) : ChevronsUpDown;
  const descending = sorted ? !sort.descending : (column.figures ?? false);
  return (
    <span className="inline-flex items-center gap-1">
      <button
        type="button"
        onClick={() => address.change({ sort: { key: column.key, descending } })}
        className={cn(
          '-mx-1 inline-flex h-6 items-center gap-1 rounded-sm px-1 font-medium hover:bg-sunken hover:text-ink',
          sorted && 'text-ink',
        )}
      >
        {column.heading}
        <Icon aria-hidden className={cn('size-3', !sorted && 'opacity-60')} />
      </button>
      {column.term ? <Term name={column.term} mark={column.heading} /> : null}
    </span>
  );
}
