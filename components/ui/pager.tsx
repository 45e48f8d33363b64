import { ChevronRight, ChevronsLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from './button.tsx';

type Props = {
  label: string /** Null where this is the newest page. */;
  newestHref: string | null;
  olderHref: string | null;
};

/** Keyset paging through a list, newest first. Nothing is shown for a list of one page. */
export function Pager({ label, newestHref, olderHref }: Props) {
  const t = useTranslations('common');
  if (!newestHref && !olderHref) return null;
  return (
    <nav aria-label={label} className="flex justify-end gap-2 border-t p-3">
      {newestHref ? (
        <Link href={newestHref} scroll={false} className={buttonStyles({ size: 'sm' })}>
          <ChevronsLeft aria-hidden />
          {t('newest')}
        </Link>
      ) : null}
      {olderHref ? (
        <Link href={olderHref} scroll={false} className={buttonStyles({ size: 'sm' })}>
          {t('older')}
          <ChevronRight aria-hidden />
        </Link>
      ) : null}
    </nav>
  );
}
