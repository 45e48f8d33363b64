import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import { buttonStyles } from '../ui/button.tsx';
import { Notice } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { useChangeWords } from './use-change-words.ts';

/** On the page of a budget: that a change to it waits. One at most does. */
export function PendingChange({ changes }: { changes: ChangeView[] }) {
  const t = useTranslations('decisions');
  const words = useChangeWords();
  const change = changes[0];
  if (!change) return null;
  return (
    <Notice
      tone="attention"
      title={t('pendingHere')}
      actions={
        <Link href={`/decisions/${change.id}`} prefetch={false} className={buttonStyles({ size: 'sm' })}>
          {t('openIt')}
        </Link>
      }
    >
      <p className="figures">
        {words.title(change)} {words.figures(change)}
      </p>
      <p className="text-muted">
        {t.rich(change.isOwn ? 'byYou' : 'by', {
          by: change.proposedBy ?? t('unknown'),
          at: () => <Time short at={change.proposedAt} />,
        })}
      </p>
    </Notice>
  );
}
