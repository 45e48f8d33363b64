import { Gavel } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { ChangeState } from './change-state.tsx';
import { useChangeWords } from './use-change-words.ts';

/** Proposals that nobody has decided, the oldest first. */
export function WaitingPanel({ changes }: { changes: ChangeView[] }) {
  const t = useTranslations('decisions');
  return (
    <Panel title={t('waiting')} flush>
      {changes.length === 0 ? (
        <Empty icon={Gavel} title={t('noneWaiting')}>
          {t('noneWaitingText')}
        </Empty>
      ) : (
        <ul className="divide-y">
          {changes.map((change) => (
            <WaitingRow key={change.id} change={change} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** One proposal with its link; also the banner on the page of its budget. */
export function WaitingRow({ change }: { change: ChangeView }) {
  const t = useTranslations('decisions');
  const words = useChangeWords();
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-3 px-4 py-3 hover:bg-sunken">
      <div className="flex min-w-0 flex-col">
        <Link
          href={`/decisions/${change.id}`}
          prefetch={false}
          className="font-medium after:absolute after:inset-0"
        >
          {words.title(change)}
        </Link>
        <span className="figures text-sm">{words.figures(change)}</span>
        <span className="text-muted text-sm">
          {t.rich(change.isOwn ? 'byYou' : 'by', {
            by: change.proposedBy ?? t('unknown'),
            at: () => <Time short at={change.proposedAt} />,
          })}
        </span>
      </div>
      <ChangeState state={change.state} />
    </li>
  );
}
