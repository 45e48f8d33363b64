import { useTranslations } from 'next-intl';
import type { Names } from '#lib/audit-rows/names-in';
import { shorten } from '#lib/i18n/quantities';

type Props = { actor: string | null; names: Names };

/** Who did it: by name among the own people, by pseudonym among others. */
export function ActorName({ actor, names }: Props) {
  const t = useTranslations('audit.who');
  if (actor === null) return <span className="text-muted">{t('product')}</span>;
  const named = names[actor];
  if (named) return named.name;
  return (
    <code title={actor} className="font-mono text-xs">
      {shorten(actor, 8, 4)}
    </code>
  );
}
