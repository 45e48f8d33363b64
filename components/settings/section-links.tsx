import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../ui/button.tsx';

export const SECTIONS = ['roles', 'organisation', 'hospitals', 'security', 'signIn', 'sessions'] as const;
type Props = { pages: readonly string[] };

/** Ways to the parts of the page, and to the pages that answer the rest of its question. */
export function SectionLinks({ pages }: Props) {
  const t = useTranslations('settings');
  const quiet = buttonStyles({ variant: 'quiet', size: 'sm' });
  const others = (['members', 'keys'] as const).filter((page) => pages.includes(page));
  return (
    <nav aria-label={t('sections')} className="-mx-2 flex flex-wrap gap-1">
      {SECTIONS.map((section) => (
        <a key={section} href={`#${section}`} className={quiet}>
          {t(`${section}.title`)}
        </a>
      ))}
      {others.map((page) => (
        <Link key={page} href={`/${page}`} className={quiet}>
          {t(page)}
        </Link>
      ))}
    </nav>
  );
}
