'use client';

import { ChevronRight, ChevronsLeft } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { paramName, type TableShape } from '#lib/tables/table-shape';
import { buttonStyles } from '../button.tsx';
import type { TableAddress } from './use-table-address.ts';

type Props = { caption: string; next: string | null; shape: TableShape; address: TableAddress };

/** Keyset paging: on to the next rows and back to the first. Nothing is shown for a list of one page. */
export function TablePager({ caption, next, shape, address }: Props) {
  const t = useTranslations('table');
  const { after, sort } = address.query;
  if (!after && !next) return null;
  // Lists that are newest first by nature say so while they are.
  const byTime = shape.defaultSort === `-${sort.key}` && sort.descending;
  return (
    <nav aria-label={t('pages', { caption })} className="flex justify-end gap-2 border-t p-3">
      {after ? (
        <PageLink after={null} shape={shape} address={address}>
          <ChevronsLeft aria-hidden />
          {t(byTime ? 'newest' : 'first')}
        </PageLink>
      ) : null}
      {next ? (
        <PageLink after={next} shape={shape} address={address}>
          {t(byTime ? 'older' : 'next')}
          <ChevronRight aria-hidden />
        </PageLink>
      ) : null}
    </nav>
  );
}

type LinkProps = { after: string | null; shape: TableShape; address: TableAddress; children: ReactNode };

/** A link, so that it can be opened elsewhere; pressed here it keeps the rows in place until the next ones are there. */
function PageLink({ after, shape, address, children }: LinkProps) {
  const pathname = usePathname();
  const params = new URLSearchParams(useSearchParams());
  const name = paramName(shape, 'after');
  if (after) params.set(name, after);
  else params.delete(name);
  return (
    <Link
      href={`${pathname}?${params}`}
      scroll={false}
      prefetch={false}
      onNavigate={(event) => {
        event.preventDefault();
        address.change({ after, peek: null }, { keepsPage: true, history: 'push' });
      }}
      className={buttonStyles({ size: 'sm' })}
    >
      {children}
    </Link>
  );
}
