import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import { Notice } from '../ui/state.tsx';
import { ChangeFigures } from './change-figures.tsx';
import { useChangeWords } from './use-change-words.ts';

/** What else waits for the holder of a proposal: whoever decides one should know of the others. */
export function AlsoWaiting({ changes }: { changes: ChangeView[] }) {
  const t = useTranslations('decisions');
  const words = useChangeWords();
  if (changes.length === 0) return null;
  return (
    <Notice tone="attention" title={t('alsoWaiting', { count: changes.length })}>
      <ul className="flex flex-col gap-1">
        {changes.map((change) => (
          <li key={change.id}>
            <Link href={`/decisions/${change.id}`} prefetch={false} className="underline underline-offset-4">
              {words.title(change)}
            </Link>{' '}
            <ChangeFigures change={change} />
          </li>
        ))}
      </ul>
      <p>{t('alsoWaitingText')}</p>
    </Notice>
  );
}
