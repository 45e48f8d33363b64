import { Server } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AdmissionView } from '#lib/nodes/onboarding/list-admissions';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { ChangeState } from './change-state.tsx';

type Props = { admissions: { waiting: AdmissionView[]; decided: AdmissionView[] } };

/** Nodes that are to take part: those that wait for the second person, then those that were decided. */
export function AdmissionsPanel({ admissions: { waiting, decided } }: Props) {
  const t = useTranslations('decisions.admissions');
  return (
    <Panel title={t('title')} flush>
      {waiting.length + decided.length === 0 ? (
        <Empty icon={Server} title={t('none')}>
          {t('noneText')}
        </Empty>
      ) : (
        <ul className="divide-y">
          {[...waiting, ...decided].map((admission) => (
            <AdmissionRow key={admission.id} admission={admission} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AdmissionRow({ admission }: { admission: AdmissionView }) {
  const t = useTranslations('decisions');
  const { node, hospital, isReturn, decidedAt, proposedAt } = admission;
  const by = admission.proposedBy ?? t('unknown');
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-3 px-4 py-3 hover:bg-sunken">
      <div className="flex min-w-0 flex-col">
        <Link
          href={`/nodes/${admission.nodeId}#admission`}
          prefetch={false}
          className="font-medium after:absolute after:inset-0"
        >
          {t(`admissions.${isReturn ? 'again' : 'first'}`, { node, hospital })}
        </Link>
        <span className="text-muted text-sm">
          {decidedAt
            ? t.rich('admissions.decided', {
                proposed: by,
                decided: admission.decidedBy ?? t('unknown'),
                at: () => <Time short at={decidedAt} />,
              })
            : t.rich(admission.isOwn ? 'byYou' : 'by', { by, at: () => <Time short at={proposedAt} /> })}
        </span>
      </div>
      <ChangeState state={admission.state} />
    </li>
  );
}
