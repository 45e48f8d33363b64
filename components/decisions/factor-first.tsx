import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../ui/button.tsx';
import { Notice } from '../ui/state.tsx';

/** Instead of a decision, for who cannot take one yet: why, and the way there. */
export function FactorFirst() {
  const t = useTranslations('decisions.factorFirst');
  return (
    <Notice
      tone="attention"
      title={t('title')}
      actions={
        <Link href="/settings#security" className={buttonStyles({ size: 'sm' })}>
          {t('open')}
        </Link>
      }
    >
      {t('text')}
    </Notice>
  );
}
