import { Gavel } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../ui/button.tsx';

/** In the top bar: how many decisions wait for the reader. Nothing where none does. */
export function PendingLink({ count }: { count: number }) {
  const t = useTranslations('decisions');
  if (count === 0) return null;
  return (
    <Link
      href="/decisions"
      title={t('pending', { count })}
      aria-label={t('pending', { count })}
      className={buttonStyles({ size: 'sm' })}
    >
      <Gavel aria-hidden className="text-attention" />
      <span className="figures">{count}</span>
    </Link>
  );
}
