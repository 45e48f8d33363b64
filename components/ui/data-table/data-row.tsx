'use client';

import Link from 'next/link';
import type { MouseEvent, ReactNode } from 'react';
import { cn } from '../cn.ts';
import type { Column } from './columns.ts';
import { BodyCell, BodyRow, rowLinkStyles } from './table-parts.tsx';

type Props<Row> = {
  row: Row;
  columns: Column<Row>[];
  href: string | null;
  /** This row is in the peek panel. */
  isOpen: boolean;
  onPeek: (() => void) | null;
};

/**
 * A row. A press anywhere on it opens the peek panel; keys reach the same through its title. A press on the title of
 * the row that is open goes to the row's own page.
 */
export function DataRow<Row>({ row, columns, href, isOpen, onPeek }: Props<Row>) {
  return (
    <BodyRow
      {...(onPeek ? { onClick: (event) => isPlainPress(event) && onPeek() } : {})}
      className={cn(onPeek && 'cursor-pointer', isOpen && 'bg-accent-soft hover:bg-accent-soft')}
    >
      {columns.map((column) => (
        <BodyCell key={column.key} column={column}>
          {column.title && (href || onPeek) ? (
            <Title href={href} isOpen={isOpen} onPeek={onPeek}>
              {column.cell(row)}
            </Title>
          ) : (
            column.cell(row)
          )}
        </BodyCell>
      ))}
    </BodyRow>
  );
}

type TitleProps = { href: string | null; isOpen: boolean; onPeek: (() => void) | null; children: ReactNode };

function Title({ href, isOpen, onPeek, children }: TitleProps) {
  if (!href) {
    return (
      <button type="button" aria-haspopup="dialog" onClick={() => onPeek?.()} className={rowLinkStyles}>
        {children}
      </button>
    );
  }
  return (
    <Link
      href={href}
      prefetch={false}
      {...(onPeek ? { 'aria-haspopup': 'dialog' as const } : {})}
      onNavigate={(event) => {
        if (!onPeek || isOpen) return;
        event.preventDefault();
        onPeek();
      }}
      className={rowLinkStyles}
    >
      {children}
    </Link>
  );
}

/** Not on something with a press of its own, and not the end of marking text to copy it. */
function isPlainPress(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target as Element;
  // What is rendered elsewhere (a term's definition) still tells its React parents.
  if (!event.currentTarget.contains(target)) return false;
  return !target.closest('a, button, input, label, summary') && !window.getSelection()?.toString();
}
