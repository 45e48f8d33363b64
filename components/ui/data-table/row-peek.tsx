'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Skeleton } from '../skeleton.tsx';
import type { TableAddress } from './use-table-address.ts';

// Fetched with the first row that is opened.
const PeekPanel = dynamic(() => import('./peek-panel.tsx').then((module) => module.PeekPanel), {
  ssr: false,
});

export type Peek<Row> = {
  /** What a row is called in the panel's head. */
  title: (row: Row) => string;
  /**
   * What the panel shows. A function makes it of the row in the browser. A node was rendered by the page on the server
   * for the row that the address names: `id` is that name (`query.peek`), so that the panel knows when what it holds is
   * still of another row, and shows a skeleton meanwhile.
   */
  content: ((row: Row) => ReactNode) | { id: string | null; node: ReactNode };
};

type Props<Row> = {
  peek: Peek<Row>;
  rows: Row[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  address: TableAddress;
};

/** The row that the address names, in the peek panel. */
export function RowPeek<Row>({ peek, rows, rowKey, rowHref, address }: Props<Row>) {
  const t = useTranslations('table');
  const { query, change } = address;
  const place = rows.findIndex((row) => rowKey(row) === query.peek);
  const row = rows[place];
  const [wanted, setWanted] = useState(false);
  if (query.peek !== null && !wanted) setWanted(true);
  if (!wanted) return null;
  const stepTo = (to: number) => {
    const other = rows[to];
    return other && place >= 0 ? () => change({ peek: rowKey(other) }, { keepsPage: true }) : null;
  };
  return (
    <PeekPanel
      open={query.peek !== null}
      title={row ? peek.title(row) : t('peek')}
      href={row && rowHref ? rowHref(row) : null}
      onPrevious={stepTo(place - 1)}
      onNext={stepTo(place + 1)}
      onClose={() => change({ peek: null }, { keepsPage: true })}
    >
      {contentOf(peek, row, query.peek) ?? <PeekSkeleton />}
    </PeekPanel>
  );
}

function contentOf<Row>({ content }: Peek<Row>, row: Row | undefined, id: string | null): ReactNode {
  if (typeof content === 'function') return row ? content(row) : null;
  return content.id === id ? content.node : null;
}

function PeekSkeleton() {
  return Array.from({ length: 5 }, (_, index) => <Skeleton key={index} className="h-8 w-full" />);
}
