'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Input } from '../field.tsx';
import type { TableAddress } from './use-table-address.ts';

/** Searches as somebody types; the address follows after a short pause. */
export function SearchBox({ label, address }: { label?: string | undefined; address: TableAddress }) {
  const t = useTranslations('table');
  const text = label ?? t('search');
  return (
    <div className="relative w-full sm:w-64">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <Input
        type="search"
        aria-label={text}
        placeholder={text}
        value={address.searchText}
        onChange={(event) => address.search(event.target.value)}
        maxLength={200}
        className="h-8 pl-8 text-sm"
      />
    </div>
  );
}
