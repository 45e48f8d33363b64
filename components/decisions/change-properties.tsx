import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ChangeDetail } from '#lib/budgets/changes/get-change';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { ChangeState } from './change-state.tsx';

/** Who proposed what when, and who decided. */
export function ChangeProperties({ change }: { change: ChangeDetail }) {
  const t = useTranslations('decisions');
  const kinds = useTranslations('accountKinds');
  return (
    <Panel title={t('properties.title')}>
      <Properties
        items={[
          { name: t('columns.state'), value: <ChangeState state={change.state} /> },
          {
            name: t('properties.budget'),
            value: change.accountId ? (
              <Link href={`/budgets/${change.accountId}`} className="underline underline-offset-4">
                {change.name}
              </Link>
            ) : (
              change.name
            ),
          },
          { name: t('properties.kind'), value: kinds(change.holderKind) },
          { name: t('properties.period'), value: change.period },
          { name: t('properties.proposedBy'), value: change.proposedBy ?? t('unknown') },
          { name: t('properties.proposedAt'), value: <Time short at={change.proposedAt} /> },
          ...(change.decidedAt
            ? [
                { name: t('properties.decidedBy'), value: change.decidedBy ?? t('unknown') },
                { name: t('properties.decidedAt'), value: <Time short at={change.decidedAt} /> },
              ]
            : []),
          { name: t('properties.id'), value: <Hash value={change.id} what={t('properties.id')} /> },
        ]}
      />
    </Panel>
  );
}
