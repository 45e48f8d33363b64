'use client';

import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { buttonStyles } from './ui/button.tsx';

/** Parameters that say how a list is looked at, not what is in it. */
const LOOKS = ['after', 'size', 'hidden', 'peek'];

/** All rows that the page's address keeps, time range and all, as a file from a route that reads the same address. */
export function ExportLink({ href }: { href: string }) {
  const t = useTranslations('table');
  const params = new URLSearchParams(useSearchParams());
  for (const name of LOOKS) params.delete(name);
  const search = params.toString();
  return (
    <a href={search ? `${href}?${search}` : href} download className={buttonStyles({ size: 'sm' })}>
      <Download aria-hidden />
      {t('export')}
    </a>
  );
}
