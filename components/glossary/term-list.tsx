import { useLocale, useMessages, useTranslations } from 'next-intl';
import type { TermName } from '../ui/term.tsx';

/** Every term of art with its one sentence, by the alphabet of the reader's language. */
export function TermList() {
  const locale = useLocale();
  const definitions = useTranslations('terms');
  const names = useTranslations('termNames');
  const keys = Object.keys(useMessages().terms) as TermName[];
  const terms = keys
    .map((key) => ({ key, name: names.has(key as 'rho') ? names(key as 'rho') : fromKey(key) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <dl className="flex flex-col">
      {terms.map(({ key, name }) => (
        <div
          key={key}
          id={key}
          className="grid gap-x-6 gap-y-1 border-b px-4 py-3 last:border-b-0 target:bg-accent-soft sm:grid-cols-[12rem_minmax(0,1fr)]"
        >
          <dt className="font-medium">{name}</dt>
          <dd className="max-w-2xl text-sm">{definitions(key)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A term whose name is its key: "leafHash" is "Leaf hash". */
function fromKey(key: string): string {
  const words = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
